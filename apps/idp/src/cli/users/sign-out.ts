import type { Command } from '../command.ts';
import { withPerson } from './person.ts';

export const signOutUser: Command = {
  name: 'users sign-out',
  usage: '<username>',
  summary: 'Signs a person out everywhere',
  details: `Every sign-on session ends, in whichever browser it is, and a running provider tells the sites within a second. The
account stays as it is; grants with offline_access go on, and "users set-passphrase" or "users disable" end them too.`,
  examples: ['users sign-out ada'],
  options: {},
  positionals: 1,
  run: withPerson(async ({ context, store, person: { sub, username } }) => {
    const end = { ending: 'sign-out-everywhere', now: context.clock() } as const;
    const ended = await store.endSessionsOfPerson(sub, end);
    for (const sessionId of ended)
      context.observe({ type: 'session.ended', sub, sessionId, reason: end.ending });
    context.print(`${username} is signed out; sessions ended: ${ended.length}`);
  }),
};
