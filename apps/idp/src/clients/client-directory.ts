import { audienceHolders, findSharedAudience, refuseProviderAsAudience } from './audience-holders.ts';
import type { Client } from './client.ts';
import { createStoredClients, type StoredClients, type StoredClientsContext } from './stored-clients.ts';

/** The relying parties this provider knows: those of `CLIENTS_FILE`, and those that were registered since. */
export interface ClientDirectory {
  /** The same object until the client changes, so that what was fetched for it may hang on it. */
  find(clientId: string): Client | undefined;
  /** The one client that stands for an audience. Undefined where none does, and for the provider itself. */
  findClientOfAudience(audience: string): Client | undefined;
  list(): readonly Client[];
  /** Looks for what another node, the command line or a registration changed. */
  reload(): Promise<void>;
}

interface Context extends StoredClientsContext {
  readonly issuer: string;
  /** They win over stored ones of the same id. */
  readonly fileClients: readonly Client[];
}

/**
 * Loads all clients into memory: each request asks for one, and they rarely change.
 *
 * @throws SharedAudienceError when a client of `CLIENTS_FILE` and a stored one stand for the same audience.
 */
export async function openClientDirectory(context: Context): Promise<ClientDirectory> {
  const { issuer, fileClients, observe } = context;
  for (const client of fileClients) refuseProviderAsAudience(client, issuer);
  const stored = createStoredClients(context);
  await stored.load();
  let known = gather(fileClients, stored);
  const shared = findSharedAudience(known.list);
  if (shared) throw shared;
  for (const message of silentAboutAudiences(known, stored)) observe({ type: 'config.warned', message });
  const reload = async () => {
    if (!(await stored.load())) return;
    known = gather(fileClients, stored);
    const conflict = findSharedAudience(known.list);
    // The command line may not have known the file: the client of the file goes on standing for it.
    if (conflict) observe({ type: 'config.warned', message: conflict.message });
  };
  let last = Promise.resolve();
  return {
    find: (clientId) => known.byId.get(clientId),
    findClientOfAudience: (audience) => (audience === issuer ? undefined : known.byAudience.get(audience)),
    list: () => known.list,
    // One after the other: whoever asks sees what had changed by then, and no older answer covers a newer one.
    reload: () => (last = last.then(reload, reload)),
  };
}

interface KnownClients {
  readonly list: readonly Client[];
  readonly byId: ReadonlyMap<string, Client>;
  readonly byAudience: ReadonlyMap<string, Client>;
}

function gather(fileClients: readonly Client[], stored: StoredClients): KnownClients {
  const inFile = new Set(fileClients.map(({ clientId }) => clientId));
  const list = [...fileClients, ...stored.list().filter(({ clientId }) => !inFile.has(clientId))];
  const byId = new Map(list.map((client) => [client.clientId, client]));
  return { list, byId, byAudience: audienceHolders(list) };
}

/**
 * Until now `resources` also meant "stands for". Whoever may call an API is not the API, so a client that was stored
 * then stands for nothing until the operator says what it stands for.
 */
function silentAboutAudiences({ byId }: KnownClients, stored: StoredClients): string[] {
  const silent = stored.listSilent().filter((client) => byId.get(client.clientId) === client);
  return silent
    .filter(({ resources }) => resources.length > 0)
    .map(
      ({ clientId }) =>
        `the stored client ${clientId} stands for no API, since nobody has said for which: see pnpm idp clients audiences --help`,
    );
}
