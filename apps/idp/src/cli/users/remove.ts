import type { Command } from '../command.ts';
import { endEverything, withPerson } from './person.ts';

export const removeUser: Command = {
  name: 'users remove',
  usage: '<username>',
  summary: 'Removes a person’s account',
  details: `The account goes for good, with its sessions and all that was granted. Somebody who is in USERS_FILE comes back at
the next start: take them out there first, or use "users disable".`,
  examples: ['users remove ada'],
  options: {},
  positionals: 1,
  run: withPerson(async (work) => {
    const { context, store, person } = work;
    await endEverything(work, 'person-removed');
    await store.removePerson(person.sub, context.clock());
    context.observe({ type: 'person.removed', sub: person.sub });
    context.print(`${person.username} is removed`);
  }),
};
