import type { Moon } from './moon.ts';

const R = 40;

/** The disc with its lit part as seen from the northern hemisphere. Decoration: the words stand beside it. */
export function MoonDisc({ moon }: { readonly moon: Moon }) {
  const half = moon.waxing ? 1 : 0;
  const bulge = moon.lit > 0.5 === moon.waxing ? 1 : 0;
  const terminator = (R * Math.abs(1 - 2 * moon.lit)).toFixed(1);
  const top = 50 - R;
  const bottom = 50 + R;
  return (
    <svg viewBox="0 0 100 100" className="moon-disc" aria-hidden="true" focusable="false">
      <circle cx="50" cy="50" r={R} className="moon-dark" />
      <path
        className="moon-lit"
        d={`M50 ${top} A${R} ${R} 0 0 ${half} 50 ${bottom} A${terminator} ${R} 0 0 ${bulge} 50 ${top} Z`}
      />
    </svg>
  );
}
