import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { ClientStore, StoredClient } from '../store/index.ts';
import type { Client } from './client.ts';
import { toClient } from './client-from-metadata.ts';
import { storedSchema } from './metadata-schema.ts';

/** The relying parties this provider knows: those of `CLIENTS_FILE`, and those that were registered since. */
export interface ClientRegistry {
  find(clientId: string): Client | undefined;
  list(): readonly Client[];
  /** Looks for what another node, the command line or a registration changed. */
  reload(): Promise<void>;
}

interface Context {
  /** They win over stored ones of the same id. */
  readonly fileClients: readonly Client[];
  readonly store: Pick<ClientStore, 'listClients' | 'findClientsVersion'>;
  readonly observe: ObserveProvider;
}

/** Loads all clients into memory: each request asks for one, and they rarely change. */
export async function openClientRegistry({ fileClients, store, observe }: Context): Promise<ClientRegistry> {
  let known = byId(fileClients);
  let version: number | undefined;
  const reload = async () => {
    const found = await store.findClientsVersion();
    if (found === version) return;
    const stored = (await store.listClients()).flatMap((client) => readStored(client, observe));
    known = byId([...stored, ...fileClients]);
    version = found;
  };
  await reload();
  return { find: (clientId) => known.get(clientId), list: () => [...known.values()], reload };
}

function byId(clients: readonly Client[]): ReadonlyMap<string, Client> {
  return new Map(clients.map((client) => [client.clientId, client]));
}

/** A client whose row nobody can read is left out: the others must go on. */
function readStored(stored: StoredClient, observe: ObserveProvider): Client[] {
  try {
    return [toClient(stored.clientId, storedSchema.parse(stored.registration), stored.secretHash)];
  } catch (error) {
    const message = `the stored client ${stored.clientId} can't be used: ${messageOf(error)}`;
    observe({ type: 'config.warned', message });
    return [];
  }
}
