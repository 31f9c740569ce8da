import { audiencesIn, refuseSharedAudience } from './client-audiences.ts';
import { type NewClient, registrationColumn, type StoredMetadata } from './client-rows.ts';
import { endings, findSessionsOf, tellOfEnd } from './endings.ts';
import { shortenNotices } from './outbox.ts';
import type { Database } from './prepared.ts';
import type { ClientsTable } from './schema.ts';
import { takeClient } from './session-clients.ts';
import { isSubjectOfPerson } from './shared-subjects.ts';

// Each of these runs in a transaction of `client-changes.ts`, so that changes of clients wait for one another.

/** Another registration in the place of a client's present one. */
export interface ClientUpdate {
  readonly clientId: string;
  readonly registration: StoredMetadata;
  /** Members that stay as they are, whatever the registration says of them. */
  readonly keptMembers: readonly string[];
  /** Whether its secret stays, as it is by then; else what takes its place, and that of the one before. */
  readonly secret: 'kept' | Pick<NewClient, 'secretHash'>;
}

/** False when the id is taken, also as the `sub` of a person. @throws SharedAudienceError */
export async function insertClient(db: Database, row: ClientsTable): Promise<boolean> {
  if (await isSubjectOfPerson(db, row.client_id)) return false;
  await refuseSharedAudience(db, row.client_id, audiencesIn(registrationColumn.read(row.registration)));
  const insert = db.insertInto('clients').values(row);
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function updateClient(
  db: Database,
  { clientId, registration, keptMembers, secret }: ClientUpdate,
  version: number,
  now: number,
): Promise<boolean> {
  const before = await findRegistration(db, clientId);
  if (!before) return false;
  const kept = Object.entries(before).filter(([member]) => keptMembers.includes(member));
  const values = {
    registration: registrationColumn.write({ ...registration, ...Object.fromEntries(kept) }),
    ...(secret !== 'kept' && {
      secret_hash: secret.secretHash ?? null,
      previous_secret_hash: null,
      previous_secret_until: null,
    }),
    version,
    updated_at: now,
  };
  await db.updateTable('clients').set(values).where('client_id', '=', clientId).execute();
  return true;
}

/** Another secret for a client that has one. */
export interface SecretRotation {
  readonly clientId: string;
  readonly secretHash: string;
  /** Until when the present secret is accepted as well; undefined: from now on no more. One before it ends at once. */
  readonly overlapUntil: number | undefined;
}

export async function replaceClientSecret(
  db: Database,
  { clientId, secretHash, overlapUntil }: SecretRotation,
  version: number,
  now: number,
): Promise<boolean> {
  const update = db
    .updateTable('clients')
    .set((row) => ({
      secret_hash: secretHash,
      previous_secret_hash: overlapUntil === undefined ? null : row.ref('secret_hash'),
      previous_secret_until: overlapUntil ?? null,
      version,
      updated_at: now,
    }))
    .where('client_id', '=', clientId)
    .where('secret_hash', 'is not', null);
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

/** @throws SharedAudienceError */
export async function setClientAudiences(
  db: Database,
  clientId: string,
  audiences: readonly string[],
  version: number,
): Promise<boolean> {
  await refuseSharedAudience(db, clientId, audiences);
  const before = await findRegistration(db, clientId);
  if (!before) return false;
  const registration = registrationColumn.write({ ...before, audiences });
  await db.updateTable('clients').set({ registration, version }).where('client_id', '=', clientId).execute();
  return true;
}

export async function removeClient(db: Database, clientId: string, now: number): Promise<boolean> {
  const removing = db.deleteFrom('clients').where('client_id', '=', clientId).returning('registration');
  const removed = await removing.executeTakeFirst();
  if (!removed) return false;
  await db.deleteFrom('consents').where('client_id', '=', clientId).execute();
  await db.deleteFrom('grants').where('client_id', '=', clientId).execute();
  const clients = await takeClient(db, clientId);
  const sessions = await findSessionsOf(db, clients);
  const registration = registrationColumn.read(removed.registration);
  await tellOfEnd(db, { ending: 'client-removed', now, registration }, { sessions, clients });
  await shortenNotices(db, { clientId, registration, expiresAt: now + endings['client-removed'].forSeconds });
  return true;
}

async function findRegistration(db: Database, clientId: string): Promise<StoredMetadata | undefined> {
  const query = db.selectFrom('clients').select('registration').where('client_id', '=', clientId);
  const row = await query.executeTakeFirst();
  return row && registrationColumn.read(row.registration);
}
