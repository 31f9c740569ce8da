import { findSharedAudience, refuseProviderAsAudience } from '../../clients/audience-holders.ts';
import type { Client } from '../../clients/client.ts';
import type { Store, StoredClient } from '../../store/index.ts';
import type { Command, CommandArguments, CommandContext } from '../command.ts';
import { withStore } from '../with-store.ts';

interface Work {
  readonly context: CommandContext;
  readonly store: Store;
  readonly client: StoredClient;
  readonly given: CommandArguments;
}

/** The `run` of a command about one client of the database. */
export function withClient(work: (what: Work) => Promise<void>): Command['run'] {
  return (context, given) =>
    withStore(context.databaseUrl, async (store) => {
      const clientId = given.positionals[0] ?? '';
      const client = await store.findStoredClient(clientId);
      if (client) return work({ context, store, client, given });
      throw (await isClientInFile(context, clientId)) ? clientInFileError(clientId) : unknown(clientId);
    });
}

export async function isClientInFile({ fileClients }: CommandContext, clientId: string): Promise<boolean> {
  return (await fileClients()).some((client) => client.clientId === clientId);
}

/** @throws Error that names the client of `CLIENTS_FILE`, or this provider; the store knows the other clients. */
export async function refuseTakenAudience(
  { fileClients, issuer }: CommandContext,
  client: Pick<Client, 'clientId' | 'audiences'>,
): Promise<void> {
  refuseProviderAsAudience(client, issuer);
  const shared = findSharedAudience([...(await fileClients()), client]);
  if (shared) throw shared;
}

export function clientInFileError(clientId: string): Error {
  return new Error(`The client "${clientId}" stands in CLIENTS_FILE: read or change it there, then restart.`);
}

function unknown(clientId: string): Error {
  return new Error(`There is no client "${clientId}". See: pnpm idp clients list`);
}
