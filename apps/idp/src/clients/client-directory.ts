import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { ClientStore, StoredClient } from '../store/index.ts';
import { audienceHolders, findSharedAudience, refuseProviderAsAudience } from './audience-holders.ts';
import type { Client } from './client.ts';
import { clientFromMetadata } from './client-from-metadata.ts';
import { storedClientSchema } from './metadata-schema.ts';

/** The relying parties this provider knows: those of `CLIENTS_FILE`, and those that were registered since. */
export interface ClientDirectory {
  find(clientId: string): Client | undefined;
  /** The one client that stands for an audience. Undefined where none does, and for the provider itself. */
  findClientOfAudience(audience: string): Client | undefined;
  list(): readonly Client[];
  /** Looks for what another node, the command line or a registration changed. */
  reload(): Promise<void>;
}

interface Context {
  readonly issuer: string;
  /** They win over stored ones of the same id. */
  readonly fileClients: readonly Client[];
  readonly store: Pick<ClientStore, 'listClients' | 'findClientsVersion'>;
  readonly observe: ObserveProvider;
}

/**
 * Loads all clients into memory: each request asks for one, and they rarely change.
 *
 * @throws SharedAudienceError when a client of `CLIENTS_FILE` and a stored one stand for the same audience.
 */
export async function openClientDirectory(context: Context): Promise<ClientDirectory> {
  const { issuer, fileClients, store, observe } = context;
  for (const client of fileClients) refuseProviderAsAudience(client, issuer);
  let version = await store.findClientsVersion();
  let known = await readClients(context);
  const shared = findSharedAudience(known.list);
  if (shared) throw shared;
  for (const message of silentAboutAudiences(known)) observe({ type: 'config.warned', message });
  return {
    find: (clientId) => known.byId.get(clientId),
    findClientOfAudience: (audience) => (audience === issuer ? undefined : known.byAudience.get(audience)),
    list: () => known.list,
    async reload() {
      const found = await store.findClientsVersion();
      if (found === version) return;
      known = await readClients(context);
      version = found;
      const conflict = findSharedAudience(known.list);
      // The command line may not have known the file: the client of the file goes on standing for it.
      if (conflict) observe({ type: 'config.warned', message: conflict.message });
    },
  };
}

interface KnownClients {
  readonly list: readonly Client[];
  readonly byId: ReadonlyMap<string, Client>;
  readonly byAudience: ReadonlyMap<string, Client>;
  /** Those of the database, as they were stored. */
  readonly stored: readonly StoredClient[];
}

async function readClients({ fileClients, store, observe }: Context): Promise<KnownClients> {
  const isInFile = ({ clientId }: StoredClient) => fileClients.some((client) => client.clientId === clientId);
  const stored = (await store.listClients()).filter((client) => !isInFile(client));
  const list = [...fileClients, ...stored.flatMap((client) => readStored(client, observe))];
  const byId = new Map(list.map((client) => [client.clientId, client]));
  return { list, byId, byAudience: audienceHolders(list), stored };
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

/**
 * Until now `resources` also meant "stands for". Whoever may call an API is not the API, so a client that was stored
 * then stands for nothing until the operator says what it stands for.
 */
function silentAboutAudiences({ byId, stored }: KnownClients): string[] {
  return stored.flatMap(({ clientId, registration }) => {
    const isSilent = registration['audiences'] === undefined;
    if (!isSilent || (byId.get(clientId)?.resources ?? []).length === 0) return [];
    return [
      `the stored client ${clientId} stands for no API, since nobody has said for which: see pnpm idp clients audiences --help`,
    ];
  });
}
