/** A time as people and sorting programs read it. */
export function formatTime(seconds: number | undefined): string {
  return seconds === undefined ? 'unknown' : new Date(seconds * 1000).toISOString().replace('.000', '');
}
