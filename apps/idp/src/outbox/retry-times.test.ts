import { describe, expect, it } from 'vitest';
import { nextTryAt } from './retry-times.ts';

function triesOf(createdAt: number): number[] {
  const tries = [createdAt];
  for (;;) {
    const next = nextTryAt({ createdAt, startedAt: tries.at(-1) ?? 0, tries: tries.length });
    if (next === undefined) return tries.map((at) => at - createdAt);
    tries.push(next);
  }
}

describe('a notice', () => {
  it('is tried at once, then after 1, 2, 4, 5, 5 s and so on for two minutes', () => {
    const tries = triesOf(1_700_000_000);
    expect(tries.slice(0, 7)).toEqual([0, 1, 3, 7, 12, 17, 22]);
    expect(tries.at(-1)).toBe(117);
  });

  it('of a silent address that is tried later waits for it again', () => {
    expect(nextTryAt({ createdAt: 1000, startedAt: 1120, tries: 40 })).toBeUndefined();
  });
});
