import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { ClientStore, StoredClient } from '../store/index.ts';
import type { Client } from './client.ts';
import { clientFromMetadata } from './client-from-metadata.ts';
import { storedClientSchema } from './metadata-schema.ts';

/** What this node knows of the clients in the database. */
export interface StoredClients {
  /** Those whose rows can be read; the same object until a client changes. */
  list(): readonly Client[];
  /** Those of which nobody has said what they stand for. */
  listSilent(): readonly Client[];
  /** Reads what changed since the last time; false when nothing did. */
  load(): Promise<boolean>;
}

export interface StoredClientsContext {
  readonly store: Pick<
    ClientStore,
    'findClientsVersion' | 'listClientsSince' | 'countClients' | 'listClientIds'
  >;
  readonly observe: ObserveProvider;
}

interface Known {
  /** Undefined where the row can't be read. */
  readonly client: Client | undefined;
  readonly saysAudiences: boolean;
}

const NOTHING_KNOWN = -1;

/** Knows nothing until it is loaded. */
export function createStoredClients(context: StoredClientsContext): StoredClients {
  const known = new Map<string, Known>();
  let version = NOTHING_KNOWN;
  const clientsOf = (all: readonly Known[]) => all.flatMap(({ client }) => client ?? []);
  return {
    list: () => clientsOf([...known.values()]),
    listSilent: () => clientsOf([...known.values()].filter(({ saysAudiences }) => !saysAudiences)),
    async load() {
      const found = await context.store.findClientsVersion();
      if (found === version) return false;
      // An older version than before is that of a backup, of which nothing is known.
      await readChanges(context, known, found < version ? NOTHING_KNOWN : version);
      await forgetRemoved(context, known);
      version = found;
      return true;
    },
  };
}

/** Only what changed is read and made anew: the keys of every other client stay known. */
async function readChanges(
  { store, observe }: StoredClientsContext,
  known: Map<string, Known>,
  version: number,
): Promise<void> {
  for (const stored of await store.listClientsSince(version)) {
    const saysAudiences = stored.registration['audiences'] !== undefined;
    known.set(stored.clientId, { client: readClient(stored, observe), saysAudiences });
  }
}

/** A client that was removed has no row that says so; the number of rows does. */
async function forgetRemoved({ store }: StoredClientsContext, known: Map<string, Known>): Promise<void> {
  if ((await store.countClients()) === known.size) return;
  const ids = new Set(await store.listClientIds());
  for (const clientId of known.keys()) if (!ids.has(clientId)) known.delete(clientId);
}

/** A client whose row can't be read is left out with a warning, so that the others keep working. */
function readClient(stored: StoredClient, observe: ObserveProvider): Client | undefined {
  try {
    return clientFromMetadata(stored.clientId, storedClientSchema.parse(stored.registration), stored);
  } catch (error) {
    const message = `the stored client ${stored.clientId} can't be used: ${messageOf(error)}`;
    observe({ type: 'config.warned', message });
    return undefined;
  }
}
