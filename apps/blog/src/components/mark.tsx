/** Dark Hours' mark: a thin Moon and the evening star. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M21 3.2 A13.4 13.4 0 1 0 28.8 21 A11.2 11.2 0 0 1 21 3.2 Z" fill="currentColor" />
      <path d="M26 5 L27 8 L30 9 L27 10 L26 13 L25 10 L22 9 L25 8 Z" fill="currentColor" />
    </svg>
  );
}
