import { percentile } from '../percentile.ts';

/** One way to do the same thing. */
export interface Entrant {
  readonly name: string;
  /** Makes ready for a round, so that nothing is remembered of the one before. @returns what is done for each input */
  readonly begin: () => (input: number) => unknown;
}

const ROUNDS = 9;

/**
 * Lets the entrants take turns, so that what else the machine does meanwhile hits each of them.
 *
 * @param inputs how many different ones there are for each round
 * @returns microseconds for one, the median of the rounds, in the order of the entrants
 */
export async function runContest(entrants: readonly Entrant[], inputs: number): Promise<readonly number[]> {
  const rounds = entrants.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [index, { begin }] of entrants.entries()) {
      const work = begin();
      const began = performance.now();
      for (let input = 0; input < inputs; input += 1) await work(input);
      // The first round only warms up.
      if (round >= 0) rounds[index]?.push(((performance.now() - began) * 1000) / inputs);
    }
  }
  return rounds.map((times) => percentile(times, 50));
}
