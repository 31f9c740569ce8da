import type { Store, StoredClient } from '../../store/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { withStore } from '../with-store.ts';

interface Work {
  readonly context: CommandContext;
  readonly store: Store;
  readonly client: StoredClient;
}

/** The `run` of a command about one client of the database. */
export function withClient(work: (what: Work) => Promise<void>): Command['run'] {
  return (context, given) =>
    withStore(context.databaseUrl, async (store) => {
      const clientId = given.positionals[0] ?? '';
      const client = await store.findStoredClient(clientId);
      if (client) return work({ context, store, client });
      throw (await isClientInFile(context, clientId)) ? clientInFileError(clientId) : unknown(clientId);
    });
}

export async function isClientInFile({ fileClients }: CommandContext, clientId: string): Promise<boolean> {
  return (await fileClients()).some((client) => client.clientId === clientId);
}

export function clientInFileError(clientId: string): Error {
  return new Error(`The client "${clientId}" stands in CLIENTS_FILE: read or change it there, then restart.`);
}

function unknown(clientId: string): Error {
  return new Error(`There is no client "${clientId}". See: pnpm idp clients list`);
}
