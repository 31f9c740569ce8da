/** A headlamp hung up by its strap, its beam falling to the left. */
export function Headlamp() {
  return (
    <>
      <path d="M112 108 L8 70 V178 L112 132 Z" className="plate-glow" />
      <path
        d="M128 96 C128 40 214 40 214 98 C214 148 176 158 150 146"
        className="plate-bar"
        strokeWidth="11"
      />
      <path d="M128 96 C128 40 214 40 214 98 C214 148 176 158 150 146" className="plate-stitch" />
      <rect x="108" y="94" width="52" height="54" rx="12" className="plate-body" />
      <rect x="100" y="104" width="16" height="34" rx="6" className="plate-pale" />
      <circle cx="108" cy="121" r="9" className="plate-ember" />
      <circle cx="140" cy="121" r="10" className="plate-pale" />
      <path d="M140 113 V121" className="plate-line plate-dark" />
    </>
  );
}

/** Binoculars seen from the objectives' side. */
export function Binoculars() {
  return (
    <>
      <path d="M74 62 L62 116 H104 L108 62 Z M166 62 L178 116 H136 L132 62 Z" className="plate-body" />
      <rect x="72" y="48" width="36" height="18" rx="6" className="plate-pale" />
      <rect x="132" y="48" width="36" height="18" rx="6" className="plate-pale" />
      <rect x="104" y="78" width="32" height="20" rx="6" className="plate-ember" />
      <circle cx="120" cy="88" r="4" className="plate-body" />
      <circle cx="80" cy="132" r="34" className="plate-body" />
      <circle cx="160" cy="132" r="34" className="plate-body" />
      <circle cx="80" cy="132" r="25" className="plate-glass" />
      <circle cx="160" cy="132" r="25" className="plate-glass" />
      <path d="M64 122 C68 112 78 109 86 111 M144 122 C148 112 158 109 166 111" className="plate-line" />
      <circle cx="88" cy="140" r="1.8" className="plate-star" />
      <circle cx="76" cy="146" r="1.2" className="plate-star" />
      <circle cx="166" cy="142" r="1.8" className="plate-star" />
      <circle cx="155" cy="136" r="1.2" className="plate-star" />
    </>
  );
}

/** A foam tube on the front of a short telescope. */
export function DewShield() {
  return (
    <>
      <path d="M86 168 L104 132 M150 168 L134 132 M119 172 V138" className="plate-bar" strokeWidth="6" />
      <g transform="rotate(-24 120 104)">
        <rect x="54" y="76" width="76" height="56" rx="7" className="plate-body" />
        <rect x="44" y="90" width="12" height="28" rx="4" className="plate-pale" />
        <rect x="30" y="96" width="16" height="16" rx="4" className="plate-ember" />
        <rect x="66" y="66" width="34" height="11" rx="5" className="plate-pale" />
        <path d="M124 70 H196 C206 82 206 126 196 138 H124 Z" className="plate-foam" />
        <ellipse cx="196" cy="104" rx="11" ry="34" className="plate-hollow" />
        <path d="M140 70 V138 M158 70 V138 M176 70 V138" className="plate-line plate-dark" />
      </g>
    </>
  );
}

/** A tripod that carries small binoculars on an upright arm. */
export function Tripod() {
  return (
    <>
      <path d="M120 98 L78 184 M120 98 L162 184 M120 98 V180" className="plate-bar" strokeWidth="7" />
      <path d="M101 138 H139" className="plate-line" />
      <rect x="115" y="58" width="10" height="44" rx="3" className="plate-pale" />
      <circle cx="120" cy="98" r="11" className="plate-ember" />
      <path d="M120 62 H142 V34" className="plate-bar" strokeWidth="6" />
      <rect x="116" y="26" width="22" height="40" rx="8" className="plate-body" />
      <rect x="145" y="26" width="22" height="40" rx="8" className="plate-body" />
      <rect x="118" y="18" width="18" height="11" rx="4" className="plate-pale" />
      <rect x="147" y="18" width="18" height="11" rx="4" className="plate-pale" />
      <path d="M162 184 L170 184 M70 184 H80" className="plate-line" />
    </>
  );
}
