import { normalizeUsername } from '../identity/username.ts';
import type { Person } from '../store/index.ts';
import { type Command, misuse } from './parse.ts';
import { withStore } from './with-store.ts';

export const listUsers: Command = {
  name: 'users list',
  usage: '',
  summary: 'Lists the people who have an account',
  details: 'One line a person: username, roles, sub, and whether the account is disabled.',
  examples: ['users list'],
  options: {},
  positionals: 0,
  run: ({ databaseUrl, print }) =>
    withStore(databaseUrl, async (store) => {
      const people = await store.listPeople();
      const width = Math.max(0, ...people.map(({ username }) => username.length));
      for (const person of people) print(lineOf(person, width));
    }),
};

function lineOf({ username, roles, sub, disabled }: Person, width: number): string {
  return [username.padEnd(width), roles.join(',') || '-', sub, ...(disabled ? ['disabled'] : [])].join('  ');
}

const roleNames = { usage: '<username> [--add <role>]… [--remove <role>]…', name: 'users roles' };

export const changeRoles: Command = {
  ...roleNames,
  summary: 'Gives roles to a person or takes them away',
  details:
    'New tokens follow at once: at the next refresh or exchange, at most one access token life later. Without --add and --remove it shows the roles.',
  examples: ['users roles ada', 'users roles ada --add editor --remove member'],
  options: { add: { type: 'string', multiple: true }, remove: { type: 'string', multiple: true } },
  positionals: 1,
  async run({ databaseUrl, clock, print }, given) {
    const username = normalizeUsername(given.positionals[0] ?? '');
    const [add, remove] = [given.all('add'), given.all('remove')];
    if (add.some((role) => remove.includes(role)))
      throw misuse(roleNames, new Error('A role can’t be added and removed at once.'));
    await withStore(databaseUrl, async (store) => {
      const person = await store.findPersonByUsername(username);
      if (!person) throw new Error(`Nobody has the username "${username}". See: pnpm idp users list`);
      const roles = [...new Set([...person.roles, ...add])].filter((role) => !remove.includes(role));
      if (add.length + remove.length > 0) await store.setRoles(username, roles, clock());
      print(`${username}: ${roles.join(', ') || 'no roles'}`);
    });
  },
};
