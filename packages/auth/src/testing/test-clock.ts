import type { Clock } from '../foundation/index.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves the clock by so many seconds; a negative number moves it back. */
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
