import { HeroSky } from '../illustrations/hero-sky.tsx';

export function Hero() {
  return (
    <div className="hero">
      <HeroSky />
      <div className="page hero-text">
        <h1>Good tools for looking up</h1>
        <p>
          Ten things we take out ourselves on every clear night. None needs an account, none needs an update,
          and none has ever flashed white.
        </p>
      </div>
    </div>
  );
}
