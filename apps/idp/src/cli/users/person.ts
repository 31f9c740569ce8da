import { normalizeUsername } from '../../identity/username.ts';
import type { Person, Store } from '../../store/index.ts';
import { type Command, type CommandArguments, type CommandContext } from '../command.ts';
import { withStore } from '../with-store.ts';

/** @throws Error when nobody has the username. */
export async function requirePerson(store: Store, typed: string | undefined): Promise<Person> {
  const username = normalizeUsername(typed ?? '');
  const person = await store.findPersonByUsername(username);
  if (!person) throw new Error(`Nobody has the username "${username}". See: pnpm idp users list`);
  return person;
}

interface Work {
  readonly context: CommandContext;
  readonly store: Store;
  readonly person: Person;
}

/** The `run` of a command about one person who has to be there. */
export function withPerson(work: (what: Work) => Promise<void>): Command['run'] {
  return (context: CommandContext, given: CommandArguments) =>
    withStore(context.databaseUrl, async (store) =>
      work({ context, store, person: await requirePerson(store, given.positionals[0]) }),
    );
}

/** Signs somebody out everywhere and ends what they granted. Says how many sessions ended. */
export async function endEverything(
  { context, store, person }: Work,
  ending: 'passphrase-changed' | 'person-disabled' | 'person-removed',
): Promise<number> {
  const { sub } = person;
  const ended = await store.revokeAllOfPerson(sub, { ending, now: context.clock() });
  for (const sessionId of ended) context.observe({ type: 'session.ended', sub, sessionId, reason: ending });
  return ended.length;
}
