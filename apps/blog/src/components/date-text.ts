const long = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

const short = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** `2026-10-02` as `2 October 2026`. */
export function dateText(day: string): string {
  return long.format(new Date(`${day}T00:00:00Z`));
}

/** Epoch seconds as `27 Nov 2026, 21:04 UTC`. */
export function timeText(epochSeconds: number): string {
  return `${short.format(epochSeconds * 1000)} UTC`;
}
