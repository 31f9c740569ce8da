import { Stars } from './field.tsx';

/** An eye wide open: iris, pupil, and one small red lamp in it. */
export function Pupil() {
  return (
    <>
      <circle cx="100" cy="100" r="66" className="sketch-iris" />
      <path
        d="M100 40 V58 M100 142 V160 M40 100 H58 M142 100 H160 M57 57 L70 70 M143 57 L130 70 M57 143 L70 130 M143 143 L130 130 M76 46 L82 63 M124 46 L118 63 M76 154 L82 137 M124 154 L118 137 M46 76 L63 82 M46 124 L63 118 M154 76 L137 82 M154 124 L137 118"
        className="sketch-line"
      />
      <circle cx="100" cy="100" r="40" className="sketch-sky" />
      <circle cx="113" cy="88" r="10" className="sketch-red faint" />
      <circle cx="113" cy="88" r="4" className="sketch-red" />
    </>
  );
}

/** The Little Dipper, its stars by magnitude. */
export function LittleDipper() {
  return (
    <>
      <path d="M46 52 L74 56 L98 74 L118 98 L150 104 L156 134 L124 130 L118 98" className="sketch-line" />
      <Stars
        stars={[
          [46, 52, 4.6],
          [74, 56, 2.2],
          [98, 74, 2.3],
          [118, 98, 2.2],
          [150, 104, 4.5],
          [156, 134, 3.4],
          [124, 130, 1.5],
          [70, 120, 1],
          [88, 150, 1.2],
          [140, 60, 1],
          [60, 90, 0.9],
        ]}
      />
    </>
  );
}

/** The Pleiades with a breath of their nebula. */
export function Pleiades() {
  return (
    <>
      <ellipse cx="104" cy="102" rx="56" ry="40" className="sketch-haze" />
      <Stars
        stars={[
          [92, 96, 5],
          [58, 108, 4],
          [52, 98, 2.6],
          [118, 122, 4],
          [126, 88, 4.2],
          [140, 108, 3.8],
          [138, 84, 3.2],
          [124, 76, 2.4],
          [132, 72, 1.8],
          [80, 74, 1.4],
          [104, 142, 1.6],
          [70, 132, 1.3],
          [96, 58, 1.2],
          [160, 124, 1.3],
          [112, 104, 1.2],
          [76, 112, 1],
          [148, 62, 1],
          [88, 120, 1],
        ]}
      />
    </>
  );
}

const drops = [
  [70, 66, 9],
  [112, 56, 6],
  [136, 84, 11],
  [92, 98, 13],
  [60, 112, 7],
  [122, 122, 8],
  [86, 140, 10],
  [148, 130, 6],
  [110, 150, 5],
  [50, 86, 4],
  [100, 74, 4],
  [132, 106, 4],
] as const;

/** Drops of dew on a lens, each with its glint. */
export function Dew() {
  return (
    <g transform="translate(-42 -42) scale(1.42)">
      {drops.map(([cx, cy, r]) => (
        <g key={`${cx}-${cy}`}>
          <circle cx={cx} cy={cy} r={r} className="sketch-drop" />
          <circle cx={cx - r * 0.32} cy={cy - r * 0.34} r={Math.max(0.9, r * 0.2)} className="sketch-star" />
        </g>
      ))}
      <path d="M92 111 C90 128 95 130 90 150" className="sketch-line" />
    </g>
  );
}

/** The Andromeda Galaxy and her two companions. */
export function Andromeda() {
  return (
    <>
      <g transform="rotate(-35 100 100)">
        <ellipse cx="100" cy="100" rx="76" ry="20" className="sketch-haze" />
        <ellipse cx="100" cy="100" rx="48" ry="11" className="sketch-haze" />
        <ellipse cx="100" cy="100" rx="17" ry="7" className="sketch-core" />
      </g>
      <circle cx="112" cy="118" r="4" className="sketch-core" />
      <ellipse cx="78" cy="74" rx="9" ry="5" transform="rotate(-60 78 74)" className="sketch-haze" />
      <Stars
        stars={[
          [100, 100, 3],
          [44, 60, 1.8],
          [62, 132, 1.3],
          [146, 134, 1.8],
          [130, 48, 1.2],
          [54, 98, 1],
          [150, 92, 1.2],
          [92, 158, 1.4],
        ]}
      />
    </>
  );
}

/** Meteors out of one point beside Castor and Pollux. */
export function Geminids() {
  return (
    <>
      <path
        d="M84 72 L44 52 M78 96 L30 112 M92 112 L72 164 M112 112 L140 166 M122 92 L178 96 M112 68 L140 30 M96 64 L88 28"
        className="sketch-trail"
      />
      <path d="M98 84 L110 150 M84 82 L92 140" className="sketch-line faint" />
      <Stars
        stars={[
          [98, 84, 4],
          [84, 82, 4.6],
          [110, 150, 2],
          [92, 140, 1.8],
          [152, 62, 1.3],
          [52, 80, 1.2],
          [150, 128, 1.4],
          [58, 140, 1.1],
        ]}
      />
    </>
  );
}

/** Jupiter, flattened by a fifteenth, with four moons in a line. */
export function Jupiter() {
  return (
    <>
      <ellipse cx="100" cy="100" rx="45" ry="42" className="sketch-core" />
      <path d="M58 86 C80 82 120 82 142 86 V94 C120 91 80 91 58 94 Z" className="sketch-belt" />
      <path d="M58 108 C80 106 120 106 142 108 V118 C120 116 80 116 58 118 Z" className="sketch-belt" />
      <ellipse cx="118" cy="117" rx="9" ry="4.6" className="sketch-spot" />
      <path d="M66 72 C84 68 116 68 134 72 M68 130 C86 133 114 133 132 130" className="sketch-line dark" />
      <Stars
        stars={[
          [22, 103, 2.4],
          [40, 101, 2],
          [164, 98, 2.6],
          [182, 97, 2],
        ]}
      />
    </>
  );
}
