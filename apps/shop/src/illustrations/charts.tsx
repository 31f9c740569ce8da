/** An open, spiral-bound atlas with a constellation on each page. */
export function Atlas() {
  return (
    <>
      <path d="M28 70 H118 V166 H28 Z" className="plate-paper" />
      <path d="M122 70 H212 V166 H122 Z" className="plate-paper" />
      <path
        d="M46 82 H104 M40 106 H110 M40 130 H110 M46 154 H104 M140 82 H196 M134 106 H204 M134 130 H204 M140 154 H196"
        className="plate-grid"
      />
      <path d="M46 148 L60 122 L84 128 L96 96 M84 128 L104 146" className="plate-ember-line" />
      <path d="M138 96 L158 110 L178 92 L198 104 M158 110 L164 144 L190 150" className="plate-ember-line" />
      {[
        [46, 148, 3],
        [60, 122, 4],
        [84, 128, 3],
        [96, 96, 4.5],
        [104, 146, 3],
        [138, 96, 3],
        [158, 110, 4.5],
        [178, 92, 3],
        [198, 104, 3.5],
        [164, 144, 4],
        [190, 150, 3],
      ].map(([cx, cy, r]) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="plate-ink" />
      ))}
      <ellipse cx="72" cy="96" rx="7" ry="4" className="plate-grid" />
      {[78, 92, 106, 120, 134, 148, 160].map((y) => (
        <rect key={y} x="113" y={y} width="14" height="4" rx="2" className="plate-pale" />
      ))}
    </>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => hour * 15);

/** A planisphere: a turning disc of stars under a window. */
export function Planisphere() {
  return (
    <>
      <circle cx="120" cy="104" r="78" className="plate-paper" />
      {hours.map((angle) => (
        <path
          key={angle}
          d={angle % 45 === 0 ? 'M120 28 V40' : 'M120 28 V34'}
          className="plate-tick"
          transform={`rotate(${angle} 120 104)`}
        />
      ))}
      <circle cx="120" cy="104" r="60" className="plate-body" />
      <ellipse cx="120" cy="116" rx="46" ry="42" className="plate-glass" />
      <path d="M84 92 C104 108 124 128 158 138" className="plate-milky-way" />
      <path d="M96 126 L108 112 L122 118 L132 104 L148 108 L152 122" className="plate-ember-line" />
      {[
        [96, 126, 2.4],
        [108, 112, 3],
        [122, 118, 2.4],
        [132, 104, 3.4],
        [148, 108, 2.4],
        [152, 122, 2.8],
        [104, 142, 2.2],
        [136, 144, 1.8],
      ].map(([cx, cy, r]) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="plate-star" />
      ))}
      <circle cx="120" cy="104" r="3.5" className="plate-ember" />
    </>
  );
}

/** A notebook with a sketch of an eyepiece view, and its pencil. */
export function ObservingLog() {
  return (
    <>
      <path d="M64 40 H168 A8 8 0 0 1 176 48 V164 A8 8 0 0 1 168 172 H64 Z" className="plate-paper" />
      <rect x="52" y="40" width="16" height="132" rx="4" className="plate-ember" />
      <circle cx="122" cy="88" r="34" className="plate-sketch" />
      <path d="M104 96 C112 78 132 78 140 90" className="plate-sketch" />
      {[
        [112, 80, 2],
        [130, 104, 2.6],
        [138, 76, 1.6],
        [118, 100, 1.4],
        [124, 90, 3.4],
      ].map(([cx, cy, r]) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="plate-ink" />
      ))}
      <path d="M88 136 H158 M88 148 H158 M88 160 H132" className="plate-grid" />
      <g transform="rotate(28 186 110)">
        <rect x="182" y="52" width="10" height="92" rx="2" className="plate-ember" />
        <path d="M182 143 H192 L187 162 Z" className="plate-pale" />
        <path d="M185.2 155 H188.8 L187 162 Z" className="plate-ink" />
        <rect x="182" y="46" width="10" height="9" rx="2" className="plate-body" />
      </g>
    </>
  );
}
