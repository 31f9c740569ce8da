/** The most entries that a map holds, so that a flood of requests can't fill the memory (F-14). */
const MAX_ENTRIES = 10_000;

/** A map is searched for expired entries at every thousandth entry, which keeps an insertion cheap on average. */
const SEARCH_EVERY = MAX_ENTRIES / 10;

/**
 * Makes room for one more entry: deletes expired entries, and the oldest ones where that leaves the map full.
 *
 * @param expiresAt when an entry expires, integer seconds since the epoch.
 */
export function evictEntries<T>(entries: Map<string, T>, now: number, expiresAt: (entry: T) => number): void {
  if (entries.size < MAX_ENTRIES && entries.size % SEARCH_EVERY !== 0) return;
  for (const [key, entry] of entries) if (expiresAt(entry) <= now) entries.delete(key);
  for (const key of entries.keys()) {
    if (entries.size < MAX_ENTRIES) return;
    entries.delete(key);
  }
}
