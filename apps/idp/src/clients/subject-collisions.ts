import type { SharedSubject, Store } from '../store/index.ts';
import type { Client } from './client.ts';

type Subjects = Pick<Store, 'findPersonBySub' | 'findStoredClient' | 'findSharedSubject'>;

/**
 * A client's own token carries its id as `sub` (RFC 9068 §2.2), so an API that knows people by `sub` would take the client
 * for a person of the same (RFC 9700 §4.15, ASVS 10.3.3). A generated `sub` is 128 random bits; these are chosen ones.
 *
 * @param people - entries of `USERS_FILE`, of which some name their `sub`.
 * @throws Error that names the client and the setting to change.
 */
export async function refuseSharedSubjects(
  store: Subjects,
  fileClients: readonly Pick<Client, 'clientId'>[],
  people: readonly { readonly username: string; readonly sub?: string | undefined }[],
): Promise<void> {
  const ids = new Set(fileClients.map(({ clientId }) => clientId));
  for (const { username, sub } of people) {
    if (sub === undefined) continue;
    if (ids.has(sub) || (await store.findStoredClient(sub)))
      throw new Error(
        `USERS_FILE: the sub of "${username}" is the id of the client "${sub}". Give one of them another.`,
      );
  }
  for (const clientId of ids) await refuseSubjectOfPerson(store, clientId);
  const shared = await store.findSharedSubject();
  if (shared) throw sharedInDatabase(shared);
}

/** Nothing stores such a pair any more; a database of an earlier release may hold one. */
function sharedInDatabase({ clientId, username }: SharedSubject): Error {
  return new Error(
    `The client "${clientId}" shares its id with the sub of "${username}", so APIs would take one for the other. Remove one of them: pnpm idp clients remove ${clientId}, or pnpm idp users remove ${username}.`,
  );
}

/** @throws Error when a person has this as their `sub`. */
export async function refuseSubjectOfPerson(
  store: Pick<Subjects, 'findPersonBySub'>,
  clientId: string,
): Promise<void> {
  const person = await store.findPersonBySub(clientId);
  if (person)
    throw new Error(
      `The client "${clientId}" would share its id with the sub of "${person.username}". Give it another client_id.`,
    );
}
