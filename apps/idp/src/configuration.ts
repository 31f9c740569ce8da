import type { Access } from '@sso/auth/access';
import { emptyAccess, parseAccess } from './access/access-file.ts';
import { parseClients } from './clients/clients-file.ts';
import type { Client } from './clients/registration.ts';
import type { Env } from './env.ts';
import { messageOf, readJsonFile } from './files.ts';
import { parsePeople, type PersonEntry } from './identity/people-file.ts';

/** What the three files hold. */
export interface Configuration {
  readonly clients: readonly Client[];
  readonly access: Access;
  readonly people: readonly PersonEntry[];
}

/**
 * Reads and checks `CLIENTS_FILE`, `ACCESS_FILE` and `USERS_FILE`.
 *
 * @throws Error that lists what is wrong with all of them.
 */
export async function readConfiguration(
  env: Pick<Env, 'clientsFile' | 'accessFile' | 'usersFile'>,
): Promise<Configuration> {
  const read = await Promise.allSettled([
    readClientsFile(env),
    readOptional('ACCESS_FILE', env.accessFile, parseAccess, emptyAccess),
    readOptional('USERS_FILE', env.usersFile, parsePeople, []),
  ]);
  const wrong = read.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
  const [clients, access, people] = read;
  if (clients.status !== 'fulfilled' || access.status !== 'fulfilled' || people.status !== 'fulfilled')
    throw new Error(wrong.join('\n'));
  return { clients: clients.value, access: access.value, people: people.value };
}

export function readClientsFile({ clientsFile }: Pick<Env, 'clientsFile'>): Promise<readonly Client[]> {
  return readOptional('CLIENTS_FILE', clientsFile, parseClients, []);
}

async function readOptional<T>(
  variable: string,
  path: string | undefined,
  parse: (content: unknown) => T,
  absent: T,
): Promise<T> {
  return path === undefined ? absent : readJsonFile(variable, path, parse);
}
