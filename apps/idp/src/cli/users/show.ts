import type { Command } from '../command.ts';
import { withPerson } from './person.ts';

export const showUser: Command = {
  name: 'users show',
  usage: '<username>',
  summary: 'Shows what is known of a person',
  details: 'Username, sub, roles, whether the account is enabled, and the claims that apps may be told.',
  examples: ['users show ada'],
  options: {},
  positionals: 1,
  run: withPerson(async ({ context: { print }, person }) => {
    const { username, sub, roles, disabled, claims } = person;
    print(`username  ${username}`);
    print(`sub       ${sub}`);
    print(`roles     ${roles.join(', ') || 'none'}`);
    print(`account   ${disabled ? 'disabled' : 'enabled'}`);
    for (const [name, value] of Object.entries(claims)) print(`claim     ${name}=${JSON.stringify(value)}`);
  }),
};
