import type { ReactNode } from 'react';

/** One star as [x, y, radius]. */
export type Star = readonly [number, number, number];

export function Stars({ stars }: { readonly stars: readonly Star[] }) {
  return stars.map(([cx, cy, r]) => (
    <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="sketch-star" />
  ));
}

/** The round view of an eyepiece with something in it. Decoration only. */
export function Field({ children }: { readonly children: ReactNode }) {
  return (
    <svg viewBox="0 0 200 200" className="sketch" aria-hidden="true" focusable="false">
      <circle cx="100" cy="100" r="99" className="sketch-rim" />
      <circle cx="100" cy="100" r="93" className="sketch-sky" />
      {children}
    </svg>
  );
}
