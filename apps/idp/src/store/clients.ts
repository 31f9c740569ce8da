import { changingClients } from './client-changes.ts';
import { type NewClient, type StoredClient, toClient, toClientRow } from './client-rows.ts';
import {
  type ClientUpdate,
  insertClient,
  removeClient,
  replaceClientSecret,
  type SecretRotation,
  setClientAudiences,
  updateClient,
} from './client-writes.ts';
import { type Database, prepare } from './prepared.ts';

export interface ClientStore {
  /** False when the id is taken, also as the `sub` of a person. @throws SharedAudienceError */
  addClient(client: NewClient, now: number): Promise<boolean>;
  findStoredClient(clientId: string): Promise<StoredClient | undefined>;
  /** In the order of their ids. */
  listClients(): Promise<StoredClient[]>;
  /** Those that were added or changed after this version. */
  listClientsSince(version: number): Promise<StoredClient[]>;
  countClients(): Promise<number>;
  listClientIds(): Promise<string[]>;
  /** False when there is no such client. */
  updateClient(update: ClientUpdate, now: number): Promise<boolean>;
  /** False when there is no such client, or none with a secret. */
  replaceClientSecret(rotation: SecretRotation, now: number): Promise<boolean>;
  /**
   * Says which audiences a client stands for, and nothing else of it. False when there is no such client.
   *
   * @throws SharedAudienceError
   */
  setClientAudiences(clientId: string, audiences: readonly string[]): Promise<boolean>;
  /** Takes a client away, and every grant it holds with it, and tells it. False when there is none. */
  removeClient(clientId: string, now: number): Promise<boolean>;
  /** Another number after every change, so that a node need not read all clients to see that none changed. */
  findClientsVersion(): Promise<number>;
}

export function createClientStore(db: Database): ClientStore {
  const version = prepare<object, { version: number }>(db, () =>
    db.selectFrom('client_changes').select('version'),
  );
  const all = () => db.selectFrom('clients').selectAll();
  return {
    addClient: (client, now) =>
      changingClients(db, (changes, at) => insertClient(changes, toClientRow(client, at, now))),
    async findStoredClient(clientId) {
      const row = await all().where('client_id', '=', clientId).executeTakeFirst();
      return row && toClient(row);
    },
    listClients: async () => (await all().orderBy('client_id').execute()).map(toClient),
    // The index clients_by_version.
    listClientsSince: async (known) =>
      (await all().where('version', '>', known).orderBy('version').execute()).map(toClient),
    countClients: () => count(db),
    listClientIds: async () =>
      (await db.selectFrom('clients').select('client_id').execute()).map(({ client_id: id }) => id),
    updateClient: (update, now) =>
      changingClients(db, (changes, at) => updateClient(changes, update, at, now)),
    replaceClientSecret: (rotation, now) =>
      changingClients(db, (changes, at) => replaceClientSecret(changes, rotation, at, now)),
    setClientAudiences: (clientId, audiences) =>
      changingClients(db, (changes, at) => setClientAudiences(changes, clientId, audiences, at)),
    removeClient: (clientId, now) => changingClients(db, (changes) => removeClient(changes, clientId, now)),
    findClientsVersion: async () => (await version({})).rows[0]?.version ?? 0,
  };
}

async function count(db: Database): Promise<number> {
  const query = db.selectFrom('clients').select((row) => row.fn.countAll<number>().as('clients'));
  return (await query.executeTakeFirstOrThrow()).clients;
}
