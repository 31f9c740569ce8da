import { openAuditNames } from '../../identity/audit-names.ts';
import type { Command } from '../command.ts';
import { withStore } from '../with-store.ts';

export const showAuditName: Command = {
  name: 'users audit-name',
  usage: '<username>',
  summary: 'Says what refused sign-ins call an account',
  details: `Refused sign-ins name neither a username nor a sub in the log, but this: a hash under a key that only the provider has.
With it one finds the tries at one account. There need not be anybody of that name.`,
  examples: ['users audit-name ada'],
  options: {},
  positionals: 1,
  run: ({ databaseUrl, print }, { positionals: [username = ''] }) =>
    withStore(databaseUrl, async (store) => print((await openAuditNames(store))(username))),
};
