import type { Command } from './command.ts';
import { withStore } from './with-store.ts';

export const endEverything: Command = {
  name: 'end-everything',
  usage: '',
  summary: 'Ends every session, grant, refresh token and waiting request of everybody',
  details: `For a restored backup, in which what had ended since lives again, and for a stolen database. Everybody signs in again; what
people allowed, accounts and clients stay. Run it before the provider starts, or beside it. docs/backup.md says what else a
backup brings back. Access tokens that an API verifies by itself live on until they expire.`,
  examples: ['end-everything'],
  options: {},
  positionals: 0,
  run: ({ databaseUrl, clock, print, observe }) =>
    withStore(databaseUrl, async (store) => {
      const ended = await store.endEverything(clock());
      observe({ type: 'everything.ended', ...ended });
      const { sessions, grants, interactions } = ended;
      print(`Ended: ${sessions} sessions, ${grants} grants, ${interactions} waiting requests.`);
    }),
};
