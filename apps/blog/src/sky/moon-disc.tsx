import type { Moon } from './moon.ts';

const R = 40;

/** The Moon's disc with its lit part, as seen from the northern hemisphere. It is decoration: the page says the same in words. */
export function MoonDisc({ moon }: { readonly moon: Moon }) {
  // Sweep flags of the two arcs (SVG path syntax): 1 draws clockwise.
  const limbSweep = moon.waxing ? 1 : 0;
  const terminatorSweep = moon.lit > 0.5 === moon.waxing ? 1 : 0;
  const terminatorRadius = (R * Math.abs(1 - 2 * moon.lit)).toFixed(1);
  const top = 50 - R;
  const bottom = 50 + R;
  return (
    <svg viewBox="0 0 100 100" className="moon-disc" aria-hidden="true" focusable="false">
      <circle cx="50" cy="50" r={R} className="moon-dark" />
      <path
        className="moon-lit"
        d={`M50 ${top} A${R} ${R} 0 0 ${limbSweep} 50 ${bottom} A${terminatorRadius} ${R} 0 0 ${terminatorSweep} 50 ${top} Z`}
      />
    </svg>
  );
}
