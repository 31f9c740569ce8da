import { MoonDisc } from './moon-disc.tsx';
import { moonAdvice, moonAt, moonName } from './moon.ts';

interface TonightProps {
  /** Epoch seconds. */
  readonly now: number;
}

/** Tonight's Moon and what it means for going out. */
export function Tonight({ now }: TonightProps) {
  const moon = moonAt(now);
  return (
    <aside className="tonight" aria-labelledby="tonight">
      <MoonDisc moon={moon} />
      <div>
        <h2 id="tonight">
          Tonight: {moonName(moon)}, {Math.round(moon.lit * 100)} per cent lit
        </h2>
        <p>{moonAdvice(moon)}</p>
      </div>
    </aside>
  );
}
