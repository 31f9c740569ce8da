import type { Command } from '../command.ts';
import { withStore } from '../with-store.ts';

export const removeInitialToken: Command = {
  name: 'initial-tokens remove',
  usage: '<id>',
  summary: 'Takes back a token that lets somebody register clients',
  details: `It is worth nothing from then on. Clients that were registered with it stay: the audit log names them beside its id, and
clients remove takes one away.`,
  examples: ['initial-tokens remove 5f0c7a1e-0a53-4c0e-9f6e-3f1d8f1c2b7a'],
  options: {},
  positionals: 1,
  run: ({ databaseUrl, print, observe }, { positionals: [id = ''] }) =>
    withStore(databaseUrl, async (store) => {
      if (!(await store.removeInitialAccessToken(id)))
        throw new Error(`There is no initial access token "${id}". See: pnpm idp initial-tokens list`);
      observe({ type: 'initial-token.removed', initialTokenId: id });
      print(`${id} is removed`);
    }),
};
