import { describe, expect, it } from 'vitest';
import { isProven } from './index.ts';

const NOW = 1_000_000;

describe('a proof that is wanted within five minutes', () => {
  it.each([
    ['of this moment', NOW, true],
    ['as old as allowed, clocks 30 s apart', NOW - 330, true],
    ['T-25 a second older', NOW - 331, false],
    ['30 s ahead, as clocks may be apart', NOW + 30, true],
    ['T-25 a second further ahead', NOW + 31, false],
    ['T-25 an hour ahead', NOW + 3600, false],
    ['T-25 without a time', undefined, false],
  ])('%s counts: %s', (_what, auth_time, counts) => {
    expect(isProven({ auth_time }, { maxAgeSeconds: 300 }, NOW)).toBe(counts);
  });

  it('is not wanted where nothing is', () => {
    expect(isProven({}, {}, NOW)).toBe(true);
  });
});
