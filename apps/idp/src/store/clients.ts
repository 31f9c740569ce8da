import { audiencesIn, refuseSharedAudience } from './client-audiences.ts';
import { jsonColumn } from './columns.ts';
import { type Database, prepare } from './prepared.ts';
import type { ClientsTable } from './schema.ts';
import { takeClient } from './session-clients.ts';

/** RFC 7591 members as their names on the wire; never the secret. */
export type StoredMetadata = Readonly<Record<string, unknown>>;

const registrationColumn = jsonColumn<StoredMetadata>();

/** A client that was registered while the provider ran, rather than by `CLIENTS_FILE`. */
export interface StoredClient {
  readonly clientId: string;
  readonly registration: StoredMetadata;
  /** SHA-256 of the secret, base64url; undefined for clients that have none. */
  readonly secretHash: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ClientStore {
  /** False when the id is taken. @throws SharedAudienceError */
  addClient(client: Omit<StoredClient, 'createdAt' | 'updatedAt'>, now: number): Promise<boolean>;
  findStoredClient(clientId: string): Promise<StoredClient | undefined>;
  /** In the order of their ids. */
  listClients(): Promise<StoredClient[]>;
  /** False when there is no such client, or none with a secret. */
  replaceClientSecret(clientId: string, secretHash: string, now: number): Promise<boolean>;
  /**
   * Says which audiences a client stands for, and nothing else of it. False when there is no such client.
   *
   * @throws SharedAudienceError
   */
  setClientAudiences(clientId: string, audiences: readonly string[]): Promise<boolean>;
  /** Takes a client away, and every grant it holds with it. False when there is none. */
  removeClient(clientId: string): Promise<boolean>;
  /** Another number after every change, so that a node need not read all clients to see that none changed. */
  findClientsVersion(): Promise<number>;
}

export function createClientStore(db: Database): ClientStore {
  const version = prepare<object, { version: number }>(db, () =>
    db.selectFrom('client_changes').select('version'),
  );
  const all = () => db.selectFrom('clients').selectAll();
  return {
    addClient: (client, now) => changing(db, (changes) => add(changes, toRow(client, now))),
    async findStoredClient(clientId) {
      const row = await all().where('client_id', '=', clientId).executeTakeFirst();
      return row && toClient(row);
    },
    listClients: async () => (await all().orderBy('client_id').execute()).map(toClient),
    replaceClientSecret: (clientId, secretHash, now) =>
      changing(db, (changes) =>
        replaceSecret(changes, clientId, { secret_hash: secretHash, updated_at: now }),
      ),
    setClientAudiences: (clientId, audiences) =>
      changing(db, (changes) => setAudiences(changes, clientId, audiences)),
    removeClient: (clientId) => changing(db, (changes) => remove(changes, clientId)),
    findClientsVersion: async () => (await version({})).rows[0]?.version ?? 0,
  };
}

/**
 * Counts the version up in the same transaction, and first: its row lock puts the changes of all nodes in one
 * order, so that whoever sees a version sees all that led to it.
 */
function changing(db: Database, change: (db: Database) => Promise<boolean>): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('client_changes')
      .set((row) => ({ version: row('version', '+', 1) }))
      .execute();
    return change(transaction);
  });
}

async function add(db: Database, row: ClientsTable): Promise<boolean> {
  await refuseSharedAudience(db, row.client_id, audiencesIn(registrationColumn.read(row.registration)));
  const insert = db.insertInto('clients').values(row);
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

async function replaceSecret(
  db: Database,
  clientId: string,
  values: Pick<ClientsTable, 'secret_hash' | 'updated_at'>,
): Promise<boolean> {
  const update = db.updateTable('clients').set(values).where('client_id', '=', clientId);
  return (await update.where('secret_hash', 'is not', null).executeTakeFirst()).numUpdatedRows === 1n;
}

async function setAudiences(db: Database, clientId: string, audiences: readonly string[]): Promise<boolean> {
  await refuseSharedAudience(db, clientId, audiences);
  const query = db.selectFrom('clients').select('registration').where('client_id', '=', clientId);
  const row = await query.executeTakeFirst();
  if (!row) return false;
  const registration = registrationColumn.write({ ...registrationColumn.read(row.registration), audiences });
  await db.updateTable('clients').set({ registration }).where('client_id', '=', clientId).execute();
  return true;
}

async function remove(db: Database, clientId: string): Promise<boolean> {
  const removed = await db.deleteFrom('clients').where('client_id', '=', clientId).executeTakeFirst();
  if (removed.numDeletedRows !== 1n) return false;
  await db.deleteFrom('consents').where('client_id', '=', clientId).execute();
  await db.deleteFrom('grants').where('client_id', '=', clientId).execute();
  await takeClient(db, clientId);
  return true;
}

function toClient(row: ClientsTable): StoredClient {
  return {
    clientId: row.client_id,
    registration: registrationColumn.read(row.registration),
    secretHash: row.secret_hash ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toRow(client: Omit<StoredClient, 'createdAt' | 'updatedAt'>, now: number): ClientsTable {
  return {
    client_id: client.clientId,
    registration: registrationColumn.write(client.registration),
    secret_hash: client.secretHash ?? null,
    created_at: now,
    updated_at: now,
  };
}
