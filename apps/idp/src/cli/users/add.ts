import { normalizeUsername } from '../../identity/username.ts';
import { findNameProblem } from '../../foundation/names.ts';
import { randomId } from '../../foundation/secrets.ts';
import type { Person, Store } from '../../store/index.ts';
import { type Command, type CommandArguments, usageError } from '../command.ts';
import { withStore } from '../with-store.ts';
import { parseClaims } from './claims.ts';
import { requirePasswordHash } from './ask-password.ts';

const synopsis = { name: 'users add', usage: '<username> [--role <role>]… [--claim <name=value>]…' };
const MAX_LENGTH = 200;

export const addUser: Command = {
  ...synopsis,
  summary: 'Adds a person',
  details: `Asks for the passphrase twice; without a terminal it reads one line from the standard input. Never an argument:
everybody on the machine can read those. Claims are what apps may be told (OIDC Core §5.1).`,
  examples: [
    'users add ada --role reader --claim name="Ada Lovelace" --claim email=ada@example.com',
    'users add ada < passphrase.txt',
  ],
  options: {
    role: { type: 'string', multiple: true, value: 'role', help: 'A role of the access contract' },
    claim: {
      type: 'string',
      multiple: true,
      value: 'name=value',
      help: 'Such as name, email, email_verified',
    },
  },
  positionals: 1,
  run: (context, given) =>
    withStore(context.databaseUrl, async (store) => {
      const draft = await requireDraft(store, given);
      const passwordHash = await requirePasswordHash(context, draft);
      const now = context.clock();
      const person: Person = { ...draft, sub: randomId(), passwordHash, disabled: false, updatedAt: now };
      if (!(await store.addPerson(person, now))) throw taken(person.username);
      context.observe({ type: 'person.added', sub: person.sub });
      context.print(`${person.username} can sign in; sub ${person.sub}`);
    }),
};

/** Everything but the passphrase: so that nobody types one only to hear that the name is taken. */
async function requireDraft(
  store: Store,
  given: CommandArguments,
): Promise<Pick<Person, 'username' | 'roles' | 'claims'>> {
  const typed = given.positionals[0] ?? '';
  const username = normalizeUsername(typed);
  if (username === '' || username.length > MAX_LENGTH)
    throw usageError(synopsis, `A username has 1 to ${MAX_LENGTH} characters.`);
  const problem = findNameProblem(typed);
  if (problem !== undefined) throw usageError(synopsis, `A username ${problem}.`);
  if (await store.findPersonByUsername(username)) throw taken(username);
  return { username, roles: [...new Set(given.all('role'))], claims: parseClaims(given.all('claim')) };
}

function taken(username: string): Error {
  return new Error(`Somebody has the username "${username}" already. See: pnpm idp users show ${username}`);
}
