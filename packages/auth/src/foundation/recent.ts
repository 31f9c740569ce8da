import { MINUTE, type Clock } from './clock.ts';

/** Results of a pure check that were found a moment ago. Bounded: least recently used first out. */
export interface Recent<T> {
  find(key: string): T | undefined;
  /** @param endsAt integer seconds; a minute from now at most, which is the default. */
  add(key: string, value: T, endsAt?: number): void;
}

interface Entry<T> {
  readonly value: T;
  readonly since: number;
  readonly until: number;
}

const MAX_ENTRIES = 1000;

/** Remembers results by the text they were found for. Texts and results stay in this process and go together. */
export function createRecent<T>(clock: Clock): Recent<T> {
  const entries = new Map<string, Entry<T>>();
  return {
    find(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      const now = clock();
      // A clock that jumped back says nothing about the entry's age.
      if (now < entry.since || now >= entry.until) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    add(key, value, endsAt = Number.POSITIVE_INFINITY) {
      const since = clock();
      entries.delete(key);
      entries.set(key, { value, since, until: Math.min(endsAt, since + MINUTE) });
      const oldest = entries.keys().next();
      if (entries.size > MAX_ENTRIES && !oldest.done) entries.delete(oldest.value);
    },
  };
}
