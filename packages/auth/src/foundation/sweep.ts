/** Entries a map holds at most: a flood of strangers can't fill the memory (F-14). */
const MAX_ENTRIES = 10_000;

/** Drops what expired; if that is not enough, the oldest entries. Cheap while there is little. */
export function sweep<T>(entries: Map<string, T>, now: number, untilOf: (entry: T) => number): void {
  if (entries.size < MAX_ENTRIES / 10) return;
  for (const [key, entry] of entries) if (untilOf(entry) <= now) entries.delete(key);
  for (const key of entries.keys()) {
    if (entries.size < MAX_ENTRIES) return;
    entries.delete(key);
  }
}
