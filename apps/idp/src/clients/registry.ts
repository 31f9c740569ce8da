import { z } from 'zod';
import { type Client, registrationSchema, toClient } from './registration.ts';

/** The relying parties this provider knows. */
export interface ClientRegistry {
  find(clientId: string): Client | undefined;
  list(): readonly Client[];
}

export function createClientRegistry(clients: readonly Client[]): ClientRegistry {
  const byId = new Map(clients.map((client) => [client.clientId, client]));
  return { find: (clientId) => byId.get(clientId), list: () => clients };
}

/**
 * Checks the content of `CLIENTS_FILE`.
 *
 * @throws Error that lists everything that is wrong, a line each.
 */
export function parseClients(content: unknown): Client[] {
  const parsed = z.array(registrationSchema).safeParse(content);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => describe(content, issue)).join('\n'));
  const clients = parsed.data.map(toClient);
  const twice = clients.find(
    (client, index) => clients.findIndex((one) => one.clientId === client.clientId) !== index,
  );
  if (twice) throw new Error(`  client "${twice.clientId}" is there twice`);
  return clients;
}

function describe(content: unknown, { path, message }: z.core.$ZodIssue): string {
  const [index, ...member] = path;
  const entry: unknown = Array.isArray(content) && typeof index === 'number' ? content[index] : undefined;
  const id = z.object({ client_id: z.string() }).safeParse(entry);
  const who = id.success ? `client "${id.data.client_id}"` : `entry ${String(index ?? '')}`;
  return `  ${who}: ${member.join('.')} ${message}`;
}
