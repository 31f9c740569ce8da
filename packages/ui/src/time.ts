const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * A duration in two units at most: `9 min 4 s`, `3 h 20 min`, `42 s`. Negative durations are `0 s`.
 *
 * @param seconds whole seconds
 */
export function durationText(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  if (left >= HOUR) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`;
  if (left >= MINUTE) return `${Math.floor(left / MINUTE)} min ${left % MINUTE} s`;
  return `${left} s`;
}

/** A moment as people and machines read it: `2026-11-23 22:04:05 UTC`. */
export function utcTime(epochSeconds: number): string {
  return `${isoTime(epochSeconds).slice(0, 19).replace('T', ' ')} UTC`;
}

/** The same moment for `<time dateTime>`. */
export function isoTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}
