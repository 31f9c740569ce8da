const long = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-10-02` as `2 October 2026`. */
export function dateText(day: string): string {
  return long.format(new Date(`${day}T00:00:00Z`));
}
