import { type Command, usageError } from '../command.ts';
import { withStore } from '../with-store.ts';
import { requirePerson } from './person.ts';

const synopsis = { usage: '<username> [--add <role>]… [--remove <role>]… [--now]', name: 'users roles' };

export const changeRoles: Command = {
  ...synopsis,
  summary: 'Gives roles to a person or takes them away',
  details: `New tokens follow at once: at the next refresh or exchange, at most one access token life later. With --now a
running provider tells each site that the person's sessions reached within a second, and from then on no older token counts
there. A site that is down hears of it when it is back, and one without security_event_uri follows as without --now. Without --add
and --remove it shows the roles.`,
  examples: ['users roles ada', 'users roles ada --add editor', 'users roles ada --remove support --now'],
  options: {
    add: { type: 'string', multiple: true, value: 'role', help: 'A role to give' },
    remove: { type: 'string', multiple: true, value: 'role', help: 'A role to take away' },
    now: { type: 'boolean', help: 'Older tokens stop counting, at every site' },
  },
  positionals: 1,
  async run({ databaseUrl, clock, print, observe }, given) {
    const [add, remove] = [given.all('add'), given.all('remove')];
    const isNow = given.has('now');
    if (add.some((role) => remove.includes(role)))
      throw usageError(synopsis, 'A role can’t be added and removed at once.');
    if (isNow && add.length + remove.length === 0)
      throw usageError(synopsis, '--now goes with --add or --remove.');
    await withStore(databaseUrl, async (store) => {
      const { sub, username, roles: before } = await requirePerson(store, given.positionals[0]);
      const roles = [...new Set([...before, ...add])].filter((role) => !remove.includes(role));
      if (add.length + remove.length > 0) {
        if (isNow) await store.setRolesNow(username, roles, clock());
        else await store.setRoles(username, roles, clock());
        observe({ type: 'roles.changed', sub, roles });
      }
      print(`${username}: ${roles.join(', ') || 'no roles'}`);
    });
  },
};
