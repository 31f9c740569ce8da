const faint = [
  [40, 60],
  [96, 130],
  [150, 40],
  [210, 96],
  [262, 30],
  [318, 150],
  [372, 70],
  [430, 118],
  [486, 44],
  [540, 160],
  [604, 84],
  [660, 28],
  [706, 140],
  [764, 66],
  [830, 120],
  [884, 36],
  [940, 92],
  [1004, 150],
  [1060, 52],
  [1116, 110],
  [1168, 34],
  [66, 190],
  [300, 210],
  [470, 220],
  [760, 200],
  [1100, 190],
] as const;

/** Orion as he rises in the east at 50° north, tilted by 40°, 9 px to the degree: [x, y, radius]. */
const orion = [
  [864, 127, 4],
  [922, 91, 2.8],
  [943, 170, 2.8],
  [947, 158, 2.8],
  [949, 146, 2.8],
  [975, 234, 3],
  [1025, 175, 4.2],
] as const;

/** A dark field, low hills, one small person with a tripod, and Orion over the horizon. Decoration only. */
export function HeroSky() {
  return (
    <svg
      className="hero-sky"
      viewBox="0 0 1200 420"
      preserveAspectRatio="xMaxYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className="dusk-top" />
          <stop offset="0.62" className="dusk-middle" />
          <stop offset="1" className="dusk-low" />
        </linearGradient>
      </defs>
      <rect width="1200" height="420" fill="url(#dusk)" />
      {faint.map(([cx, cy], index) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={index % 3 === 0 ? 1.5 : 1} className="hero-star" />
      ))}
      <path
        d="M864 127 L922 91 L949 146 L943 170 L864 127 M943 170 L975 234 L1025 175 L949 146"
        className="hero-figure"
      />
      {orion.map(([cx, cy, r]) => (
        <circle key={`${cx}-${cy}`} cx={cx} cy={cy} r={r} className="hero-star" />
      ))}
      <path
        d="M0 330 C160 290 300 340 470 312 S820 262 980 300 S1140 322 1200 300 V420 H0 Z"
        className="hill far"
      />
      <path d="M0 366 C200 334 420 386 640 352 S1010 338 1200 366 V420 H0 Z" className="hill near" />
      <g className="hill figure">
        <circle cx="1062" cy="322" r="6.5" />
        <path d="M1056 330 h12 l3 26 h-18 Z" />
        <path d="M1078 322 l-8 36 M1080 322 l9 36 M1079 322 v36" className="legs" />
        <rect x="1072" y="314" width="17" height="8" rx="3" transform="rotate(-24 1080 318)" />
      </g>
      <circle cx="1064" cy="320" r="1.8" className="hero-lamp" />
    </svg>
  );
}
