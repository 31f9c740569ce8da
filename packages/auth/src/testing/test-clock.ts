import type { Clock } from '../foundation/index.ts';

/** A clock that stands still until it is told to move. */
export interface TestClock extends Clock {
  /** Moves it by so many seconds; negative moves it back. */
  advance(seconds: number): void;
}

/** @param start integer seconds since the epoch; default 2030-01-01T00:00:00Z */
export function createTestClock(start = 1_893_456_000): TestClock {
  let now = start;
  return Object.assign(() => now, {
    advance(seconds: number) {
      now += seconds;
    },
  });
}
