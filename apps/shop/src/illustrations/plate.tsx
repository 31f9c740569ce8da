import type { ReactNode } from 'react';

/** Fixed stars of the background, as [x, y, radius]. */
const stars = [
  [22, 30, 1.2],
  [58, 14, 0.9],
  [96, 34, 0.8],
  [148, 18, 1.3],
  [188, 40, 0.9],
  [222, 22, 1.1],
  [14, 84, 0.8],
  [228, 92, 1.2],
  [36, 58, 0.7],
  [206, 66, 0.7],
] as const;

/** One plate of the field guide: the night sky, a low horizon, and the thing in front of it. Decoration only. */
export function Plate({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 240 200"
      preserveAspectRatio="xMidYMid slice"
      className="plate"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="240" height="200" className="plate-sky" />
      <path d="M0 132 C60 116 150 124 240 108 V200 H0 Z" className="plate-haze" />
      {stars.map(([cx, cy, r]) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="plate-star" />
      ))}
      <path d="M0 164 C50 152 96 168 140 160 S214 150 240 158 V200 H0 Z" className="plate-ground" />
      <g className="plate-thing">{children}</g>
    </svg>
  );
}
