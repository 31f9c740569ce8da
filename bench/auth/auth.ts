import type { Bench } from '../bench.ts';
import { fetchPeers } from '../fetch-peers.ts';
import { toTable } from '../table.ts';
import { runContest } from './contest.ts';
import { createEntrants } from './entrants.ts';
import { type Contest, goalRows } from './goals.ts';

/** Different ones in each round. */
const INPUTS = 400;

export const auth: Bench = {
  name: 'auth',
  what: 'tokens and sessions of packages/auth beside node:crypto alone, jose, iron-session and Auth.js',
  async run(print) {
    print('fetching the peers …');
    await fetchPeers();
    const contests: Contest[] = [];
    for (const [what, entrants] of await createEntrants(INPUTS)) {
      print(`${what} …`);
      const microseconds = await runContest(entrants, INPUTS);
      contests.push({ what, names: entrants.map(({ name }) => name), microseconds });
    }
    const rows = contests.map(({ what, names, microseconds }) => [
      what,
      names.map((name, index) => `${name} ${(microseconds[index] ?? 0).toFixed(1)}`).join(', '),
    ]);
    const measured = toTable(['µs each, one at a time', 'median of nine rounds'], rows);
    return `${measured}\n\n${toTable(['goal', 'at least', 'measured', 'reached'], goalRows(contests))}`;
  },
};
