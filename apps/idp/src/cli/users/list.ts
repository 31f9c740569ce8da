import type { Person } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { withStore } from '../with-store.ts';

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
