/** Nightfield's mark: a star above a field. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" fill="none" stroke="currentColor" strokeWidth="2" />
      <path
        d="M2.5 20.5 C9 17.5 14 22 20 20 S27 18 29.6 19.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M4 24.5 C10 21.5 16 26 28 23.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M16 5 L17.6 10.4 L23 12 L17.6 13.6 L16 19 L14.4 13.6 L9 12 L14.4 10.4 Z" fill="currentColor" />
    </svg>
  );
}
