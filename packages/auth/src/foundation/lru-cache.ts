import { MINUTE, type Clock } from './clock.ts';

/** A bounded cache of results: an entry lives for a minute at most, and the least recently used one leaves first. */
export interface LruCache<T> {
  find(key: string): T | undefined;
  /** @param expiresAt integer seconds since the epoch; an earlier end than the minute. */
  add(key: string, value: T, expiresAt?: number): void;
}

interface Entry<T> {
  readonly value: T;
  readonly since: number;
  readonly until: number;
}

const MAX_ENTRIES = 1000;

/** Creates a cache in this process's memory. The keys may be secrets: they leave the memory with their entries. */
export function createLruCache<T>(clock: Clock): LruCache<T> {
  const entries = new Map<string, Entry<T>>();
  return {
    find(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      const now = clock();
      // After the clock was set back (F-06) the entry's age is unknown.
      if (now < entry.since || now >= entry.until) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    add(key, value, expiresAt = Number.POSITIVE_INFINITY) {
      const since = clock();
      entries.delete(key);
      entries.set(key, { value, since, until: Math.min(expiresAt, since + MINUTE) });
      const oldest = entries.keys().next();
      if (entries.size > MAX_ENTRIES && !oldest.done) entries.delete(oldest.value);
    },
  };
}
