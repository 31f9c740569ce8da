const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Epoch seconds as people read them: `27 Nov 2026, 21:04 UTC`. */
export function timeText(epochSeconds: number): string {
  return `${format.format(epochSeconds * 1000)} UTC`;
}
