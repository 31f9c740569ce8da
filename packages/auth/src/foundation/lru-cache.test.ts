import { beforeEach, describe, expect, it } from 'vitest';
import { createLruCache, type LruCache } from './index.ts';

let now: number;
let cache: LruCache<number>;
beforeEach(() => {
  now = 100;
  cache = createLruCache(() => now);
});

describe('a cached result', () => {
  it.each([
    ['is found within the minute', undefined, 159, 1],
    ['is gone after a minute', undefined, 160, undefined],
    ['ends at its own expiry', 110, 110, undefined],
    ['F-06 is gone when the clock jumps back', undefined, 99, undefined],
  ])('%s', (_what, endsAt, at, found) => {
    cache.add('a', 1, endsAt);
    now = at;
    expect(cache.find('a')).toBe(found);
  });

  it('F-14 leaves when a thousand others came after it, unless it was used meanwhile', () => {
    for (let n = 0; n <= 1000; n++) {
      cache.add(`${n}`, n);
      cache.find('0');
    }
    expect([cache.find('0'), cache.find('1'), cache.find('2')]).toEqual([0, undefined, 2]);
  });
});
