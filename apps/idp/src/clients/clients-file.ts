import { z } from 'zod';
import { sha256 } from '../foundation/secrets.ts';
import { findSharedAudience } from './audience-holders.ts';
import type { Client } from './client.ts';
import { clientFromMetadata } from './client-from-metadata.ts';
import { fileClientSchema } from './metadata-schema.ts';

/**
 * Checks the content of `CLIENTS_FILE`.
 *
 * @throws Error that lists everything that is wrong, a line each.
 */
export function parseClients(content: unknown): Client[] {
  const parsed = z.array(fileClientSchema).safeParse(content);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => describe(content, issue)).join('\n'));
  const ids = parsed.data.map(({ client_id }) => client_id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`  client "${twice}" is there twice`);
  const clients = parsed.data.map(toClient);
  const shared = findSharedAudience(clients);
  if (shared) throw shared;
  return clients;
}

function toClient({
  client_id,
  client_secret: secret,
  previous_client_secret: previous,
  ...registration
}: z.infer<typeof fileClientSchema>): Client {
  return clientFromMetadata(client_id, registration, {
    secretHash: secret === undefined ? undefined : sha256(secret),
    // It is accepted for as long as it stands there.
    previousSecret: previous === undefined ? undefined : { hash: sha256(previous), acceptedUntil: undefined },
  });
}

function describe(content: unknown, { path, message }: z.core.$ZodIssue): string {
  const [index, ...member] = path;
  const entry: unknown = Array.isArray(content) && typeof index === 'number' ? content[index] : undefined;
  const id = z.object({ client_id: z.string() }).safeParse(entry);
  const who = id.success ? `client "${id.data.client_id}"` : `entry ${String(index ?? '')}`;
  return `  ${who}: ${member.join('.')} ${message}`;
}
