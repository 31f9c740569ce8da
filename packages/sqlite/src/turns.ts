/** One after the other, in the order in which they asked. */
export interface Turns {
  /** Resolves when it is the caller's turn. What it gives ends the turn, and does nothing when called again. */
  take(): Promise<() => void>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = last;
      last = promise;
      await before;
      return resolve;
    },
  };
}
