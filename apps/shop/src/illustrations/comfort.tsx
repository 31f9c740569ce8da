/** A folding chair from the side: two rails, a sliding seat, a foot bar. */
export function Chair() {
  return (
    <>
      <path d="M84 34 L148 182 M152 74 L80 182" className="plate-bar plate-wood" strokeWidth="9" />
      <path d="M66 182 H96 M132 182 H164" className="plate-bar" strokeWidth="7" />
      <path d="M104 148 H134" className="plate-line" />
      {[58, 78, 98, 118].map((y) => (
        <path key={y} d={`M${94 + (y - 58) * 0.43} ${y} l-9 4`} className="plate-line" />
      ))}
      <path d="M92 92 H166 A7 7 0 0 1 166 108 H98 Z" className="plate-ember" />
      <path d="M104 106 L132 138" className="plate-bar plate-wood" strokeWidth="6" />
    </>
  );
}

/** A folded blanket with a herringbone and a fringe. */
export function Blanket() {
  const rows = [0, 1, 2];
  return (
    <>
      {rows.map((row) => (
        <g key={row} transform={`translate(0 ${row * 34})`}>
          <path
            d="M52 74 H182 A17 17 0 0 1 182 108 H52 A17 17 0 0 1 52 74 Z"
            className={row === 1 ? 'plate-ember' : 'plate-wool'}
          />
          <path
            d="M60 84 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 M60 94 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7 l7 -7 l7 7"
            className="plate-weave"
          />
        </g>
      ))}
      {[40, 46, 52].map((x) => (
        <path key={x} d={`M${x} 176 v10`} className="plate-line" />
      ))}
      <path d="M196 44 A20 20 0 1 1 176 24 A15 15 0 0 0 196 44 Z" className="plate-star" />
    </>
  );
}

/** A steel flask with a wooden cup beside it, steaming. */
export function Flask() {
  return (
    <>
      <rect x="84" y="62" width="54" height="118" rx="14" className="plate-steel" />
      <path d="M84 96 H138 M84 150 H138" className="plate-line plate-dark" />
      <rect x="92" y="34" width="38" height="32" rx="7" className="plate-wood-fill" />
      <path d="M92 46 H130 M92 55 H130" className="plate-line plate-dark" />
      <circle cx="111" cy="123" r="12" className="plate-ember" />
      <path d="M111 114 l2 7 l7 2 l-7 2 l-2 7 l-2 -7 l-7 -2 l7 -2 Z" className="plate-ink" />
      <path d="M154 146 H196 L190 180 H160 Z" className="plate-wood-fill" />
      <ellipse cx="175" cy="146" rx="21" ry="5" className="plate-body" />
      <path d="M166 132 C160 122 172 116 166 104 M182 132 C176 120 188 114 182 100" className="plate-steam" />
      <path d="M94 74 V166" className="plate-line plate-light" />
    </>
  );
}
