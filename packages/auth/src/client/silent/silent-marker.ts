/** Query parameter `sso=none`: the provider has just been asked about this browser. */
const MARKER = 'sso';

/** The path with the marker. A browser that keeps no cookies must not be sent to the provider again and again. */
export function withMarker(path: string): string {
  const url = new URL(path, 'https://path.invalid');
  url.searchParams.set(MARKER, 'none');
  return url.pathname + url.search + url.hash;
}

/** Whether a path carries the marker. */
export function hasMarker(path: string): boolean {
  return new URL(path, 'https://path.invalid').searchParams.get(MARKER) === 'none';
}

/** The path without the marker, which somebody may have copied from the address bar after a silent sign-in. */
export function withoutMarker(path: string): string {
  if (!hasMarker(path)) return path;
  const url = new URL(path, 'https://path.invalid');
  url.searchParams.delete(MARKER);
  return url.pathname + url.search + url.hash;
}
