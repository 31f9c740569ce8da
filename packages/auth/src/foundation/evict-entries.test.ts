import { describe, expect, it } from 'vitest';
import { evictEntries } from './evict-entries.ts';

/** Adds entries that expire at the given second, as a store does that makes room first. */
function fill(entries: Map<string, number>, count: number, expiresAt: number, now = 0): void {
  for (let n = 0; n < count; n += 1) {
    evictEntries(entries, now, (expiry) => expiry);
    entries.set(`${expiresAt} ${n}`, expiresAt);
  }
}

describe('F-14 a full map', () => {
  it('loses its expired entries, and keeps the others', () => {
    const entries = new Map<string, number>();
    fill(entries, 5000, 100);
    fill(entries, 5000, 10);
    fill(entries, 1, 200, 10);
    expect(entries.size).toBe(5001);
    expect([...entries.values()]).not.toContain(10);
  });

  it('loses its oldest entry where none has expired', () => {
    const entries = new Map<string, number>();
    fill(entries, 10_001, 100);
    expect(entries.size).toBe(10_000);
    expect([entries.has('100 0'), entries.has('100 1'), entries.has('100 10000')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('looks at each entry at most ten times while it is filled', () => {
    let looks = 0;
    const entries = new Map<string, number>();
    for (let n = 0; n < 10_000; n += 1) {
      evictEntries(entries, 0, (expiry) => ((looks += 1), expiry));
      entries.set(String(n), 100);
    }
    expect(looks).toBeLessThanOrEqual(10 * entries.size);
  });
});
