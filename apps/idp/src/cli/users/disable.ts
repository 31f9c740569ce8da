import type { Command } from '../command.ts';
import { endEverything, withPerson } from './person.ts';

export const disableUser: Command = {
  name: 'users disable',
  usage: '<username>',
  summary: 'Keeps a person from signing in, and signs them out',
  details: `Every session and everything they granted ends at once, and a running provider tells the sites within a second: by a
logout token, and, where the site has a security_event_uri, that the person may do nothing any more. Tokens that other APIs
verify by themselves live on until they expire. "users enable" lets the person sign in again; what ended stays ended.`,
  examples: ['users disable ada'],
  options: {},
  positionals: 1,
  run: withPerson(async (work) => {
    const { context, store, person } = work;
    await store.setDisabled(person.username, true, context.clock());
    context.observe({ type: 'person.disabled', sub: person.sub });
    const ended = await endEverything(work, 'person-disabled');
    context.print(`${person.username} can’t sign in any more; sessions ended: ${ended}`);
  }),
};

export const enableUser: Command = {
  name: 'users enable',
  usage: '<username>',
  summary: 'Lets a disabled person sign in again',
  details: 'Nothing that ended when the account was disabled comes back.',
  examples: ['users enable ada'],
  options: {},
  positionals: 1,
  run: withPerson(async ({ context, store, person }) => {
    await store.setDisabled(person.username, false, context.clock());
    context.observe({ type: 'person.enabled', sub: person.sub });
    context.print(`${person.username} can sign in`);
  }),
};
