/** The current time, integer seconds since the epoch (RFC 7519 `NumericDate` without a fraction). */
export type Clock = () => number;

/** The system's time. Every function that compares times takes a clock, so that tests stop and move it. */
export const systemClock: Clock = () => Math.floor(Date.now() / 1000);

/** Whether less than `seconds` passed since `since`. After the clock was set back (F-06) the answer is no. */
export function isWithin(now: number, since: number, seconds: number): boolean {
  return now >= since && now - since < seconds;
}

/** How far the clocks of two parties may differ, integer seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

export const SECOND = 1;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;
