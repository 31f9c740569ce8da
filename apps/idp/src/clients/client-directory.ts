import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { ClientStore, StoredClient } from '../store/index.ts';
import type { Client } from './client.ts';
import { clientFromMetadata } from './client-from-metadata.ts';
import { storedClientSchema } from './metadata-schema.ts';

/** The relying parties this provider knows: those of `CLIENTS_FILE`, and those that were registered since. */
export interface ClientDirectory {
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
export async function openClientDirectory({
  fileClients,
  store,
  observe,
}: Context): Promise<ClientDirectory> {
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

/** A client whose row can't be read is left out with a warning, so that the others keep working. */
function readStored(stored: StoredClient, observe: ObserveProvider): Client[] {
  try {
    return [
      clientFromMetadata(stored.clientId, storedClientSchema.parse(stored.registration), stored.secretHash),
    ];
  } catch (error) {
    const message = `the stored client ${stored.clientId} can't be used: ${messageOf(error)}`;
    observe({ type: 'config.warned', message });
    return [];
  }
}
