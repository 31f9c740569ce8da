import type { Command } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { withStore } from '../with-store.ts';

export const listInitialTokens: Command = {
  name: 'initial-tokens list',
  usage: '',
  summary: 'Lists the tokens that let somebody register clients',
  details: `One line a token: its id, how many clients it is still good for, and until when. Those of INITIAL_ACCESS_TOKENS are not
in the database.`,
  examples: ['initial-tokens list'],
  options: {},
  positionals: 0,
  run: ({ databaseUrl, clock, print }) =>
    withStore(databaseUrl, async (store) => {
      const tokens = await store.listInitialAccessTokens(clock());
      if (tokens.length === 0) print('There are none. See: pnpm idp initial-tokens add --help');
      for (const { id, usesLeft, expiresAt } of tokens) {
        const left = usesLeft === 0 ? 'used up' : `${usesLeft} left`;
        print(`${id}  ${left}  until ${formatTime(expiresAt)}`);
      }
    }),
};
