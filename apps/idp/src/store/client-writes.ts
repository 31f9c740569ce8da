import { audiencesIn, refuseSharedAudience } from './client-audiences.ts';
import { registrationColumn, type StoredMetadata } from './client-rows.ts';
import type { Database } from './prepared.ts';
import type { ClientsTable } from './schema.ts';
import { takeClient } from './session-clients.ts';

// Each of these runs in a transaction of `client-changes.ts`, so that changes of clients wait for one another.

/** Another registration in the place of a client's present one. */
export interface ClientUpdate {
  readonly clientId: string;
  readonly registration: StoredMetadata;
  /** Members that stay as they are, whatever the registration says of them. */
  readonly keptMembers: readonly string[];
  readonly secretHash: string | undefined;
  /** Whether people have to be asked again: what they answered was for another name or address. */
  readonly forgetConsents: boolean;
}

/** False when the id is taken. @throws SharedAudienceError */
export async function insertClient(db: Database, row: ClientsTable): Promise<boolean> {
  await refuseSharedAudience(db, row.client_id, audiencesIn(registrationColumn.read(row.registration)));
  const insert = db.insertInto('clients').values(row);
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function updateClient(
  db: Database,
  { clientId, registration, keptMembers, secretHash, forgetConsents }: ClientUpdate,
  version: number,
  now: number,
): Promise<boolean> {
  const before = await findRegistration(db, clientId);
  if (!before) return false;
  const kept = Object.entries(before).filter(([member]) => keptMembers.includes(member));
  const values = {
    registration: registrationColumn.write({ ...registration, ...Object.fromEntries(kept) }),
    secret_hash: secretHash ?? null,
    version,
    updated_at: now,
  };
  await db.updateTable('clients').set(values).where('client_id', '=', clientId).execute();
  if (forgetConsents) await db.deleteFrom('consents').where('client_id', '=', clientId).execute();
  return true;
}

export async function replaceClientSecret(
  db: Database,
  clientId: string,
  values: Pick<ClientsTable, 'secret_hash' | 'version' | 'updated_at'>,
): Promise<boolean> {
  const update = db.updateTable('clients').set(values).where('client_id', '=', clientId);
  return (await update.where('secret_hash', 'is not', null).executeTakeFirst()).numUpdatedRows === 1n;
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

export async function removeClient(db: Database, clientId: string): Promise<boolean> {
  const removed = await db.deleteFrom('clients').where('client_id', '=', clientId).executeTakeFirst();
  if (removed.numDeletedRows !== 1n) return false;
  await db.deleteFrom('consents').where('client_id', '=', clientId).execute();
  await db.deleteFrom('grants').where('client_id', '=', clientId).execute();
  await takeClient(db, clientId);
  return true;
}

async function findRegistration(db: Database, clientId: string): Promise<StoredMetadata | undefined> {
  const query = db.selectFrom('clients').select('registration').where('client_id', '=', clientId);
  const row = await query.executeTakeFirst();
  return row && registrationColumn.read(row.registration);
}
