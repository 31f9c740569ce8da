import { describe, expect, it } from 'vitest';
import { isStepUpMet } from './index.ts';

const NOW = 1_000_000;

describe('a sign-in that must be at most five minutes old', () => {
  it.each([
    ['is of this moment', NOW, true],
    ['is as old as allowed, clocks 30 s apart', NOW - 330, true],
    ['T-25 is a second older', NOW - 331, false],
    ['is 30 s ahead, as clocks may differ', NOW + 30, true],
    ['T-25 is a second further ahead', NOW + 31, false],
    ['T-25 is an hour ahead', NOW + 3600, false],
    ['T-25 has no time', undefined, false],
  ])('%s: accepted %s', (_what, auth_time, counts) => {
    expect(isStepUpMet({ auth_time }, { maxAgeSeconds: 300 }, NOW)).toBe(counts);
  });

  it('is met by anything where nothing is required', () => {
    expect(isStepUpMet({}, {}, NOW)).toBe(true);
  });
});
