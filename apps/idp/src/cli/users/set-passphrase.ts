import type { Command } from '../command.ts';
import { requirePasswordHash } from './ask-password.ts';
import { endEverything, withPerson } from './person.ts';

export const setPassphrase: Command = {
  name: 'users set-passphrase',
  usage: '<username>',
  summary: 'Gives a person another passphrase, and signs them out',
  details: `Asks for it twice; without a terminal it reads one line from the standard input. Never an argument: everybody on
the machine can read those. Every session and all that was granted ends, in case the old one was known to others.`,
  examples: ['users set-passphrase ada', 'users set-passphrase ada < passphrase.txt'],
  options: {},
  positionals: 1,
  run: withPerson(async (work) => {
    const { context, store, person } = work;
    await store.setPasswordHash(person.sub, await requirePasswordHash(context, person), context.clock());
    context.observe({ type: 'passphrase.changed', sub: person.sub });
    const ended = await endEverything(work, 'passphrase-changed');
    context.print(`${person.username} has another passphrase; sessions ended: ${ended}`);
  }),
};
