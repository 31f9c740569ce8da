import type { AccessContract } from '@sso/auth/access';
import { hashOfRoles } from '../../access/live-roles.ts';
import type { Person, Store } from '../../store/index.ts';
import { type Command, type CommandContext, usageError } from '../command.ts';
import { withStore } from '../with-store.ts';

const synopsis = { name: 'roles', usage: '[<role>] [--now]' };

export const showRoles: Command = {
  ...synopsis,
  summary: 'Shows what roles bring and who has them, or makes a changed role count now',
  details: `Roles are defined in ACCESS_FILE. After a change of that file, at every node, "roles <role> --now" has each running
provider read the roles of its file anew, and tells each site that sessions of people with this role reached: from then on no
older token of theirs counts there. Roles that changed beside it count for new tokens only, until they are named too. Audiences
and permissions that are new in the file need a restart.`,
  examples: ['roles', 'roles support', 'roles support --now'],
  options: { now: { type: 'boolean', help: 'Older tokens of its people stop counting, at every site' } },
  positionals: [0, 1],
  async run(context, given) {
    const [role] = given.positionals;
    const { roles } = await context.accessContract();
    if (given.has('now') && role === undefined) throw usageError(synopsis, '--now goes with a role.');
    await withStore(context.databaseUrl, async (store) => {
      const people = await store.listPeople();
      for (const line of linesOf(roles, people, role)) context.print(line);
      if (given.has('now') && role !== undefined) await tell({ context, store, roles }, role);
    });
  },
};

type Roles = AccessContract['roles'];

/** @throws Error for a role that neither the file nor anybody has */
function linesOf(roles: Roles, people: readonly Person[], only: string | undefined): string[] {
  const countOf = (role: string) => people.filter((person) => person.roles.includes(role)).length;
  const held = people.flatMap((person) => person.roles);
  const all = [...new Set([...Object.keys(roles), ...held])];
  const named = all.filter((role) => only === undefined || role === only);
  if (only !== undefined && named.length === 0)
    throw new Error(`There is no role "${only}" in ACCESS_FILE, and nobody has it. See: pnpm idp roles`);
  if (named.length === 0) return ['There are no roles: ACCESS_FILE names the file that defines them.'];
  return named.map((role) => {
    const permissions = Object.hasOwn(roles, role) ? roles[role]?.join(', ') : undefined;
    return `${role}: ${permissions ?? 'not in ACCESS_FILE'} (people: ${countOf(role)})`;
  });
}

interface Work {
  readonly context: CommandContext;
  readonly store: Store;
  readonly roles: Roles;
}

/** The nodes first: a token that is issued after somebody was told has to bring what the role brings now. */
async function tell({ context, store, roles }: Work, role: string): Promise<void> {
  await store.noteRoles(hashOfRoles(roles));
  let people = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const { told, last } = await store.tellPeopleOfRole(role, after, context.clock());
    people += told;
    after = last;
  }
  context.observe({ type: 'role.changed', role, people });
  context.print(`told of ${people} people; see the log of the provider for what the sites answer`);
}
