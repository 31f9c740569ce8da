import type { Client } from '../../clients/client.ts';
import { clientFromMetadata } from '../../clients/client-from-metadata.ts';
import { storedClientSchema } from '../../clients/metadata-schema.ts';
import type { StoredClient } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { withStore } from '../with-store.ts';

export const listClients: Command = {
  name: 'clients list',
  usage: '',
  summary: 'Lists the clients',
  details: `One line a client: its id, how it authenticates, where it was registered (the file wins over the database), and its
name.`,
  examples: ['clients list'],
  options: {},
  positionals: 0,
  run: ({ databaseUrl, fileClients, print }) =>
    withStore(databaseUrl, async (store) => {
      const fromFile = await fileClients();
      const isInFile = ({ clientId }: StoredClient) =>
        fromFile.some((client) => client.clientId === clientId);
      const stored = (await store.listClients()).filter((client) => !isInFile(client));
      const rows = [...fromFile.map((client) => rowOf(client, 'file')), ...stored.map(storedRow)];
      if (rows.length === 0) print('There are no clients yet. See: pnpm idp clients add --help');
      const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
      for (const row of rows)
        print(
          row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
        );
    }),
};

function storedRow(stored: StoredClient): string[] {
  const parsed = storedClientSchema.safeParse(stored.registration);
  if (!parsed.success) return [stored.clientId, '?', 'database', 'can’t be used: remove it and add it again'];
  const origin = parsed.data.self_registered ? 'self-registered' : 'database';
  return rowOf(clientFromMetadata(stored.clientId, parsed.data, stored), origin);
}

function rowOf({ clientId, authMethods, name }: Client, origin: string): string[] {
  return [clientId, authMethods.join('|'), origin, name];
}
