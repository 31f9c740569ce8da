import type { AccessContract } from '@sso/auth/access';
import { emptyAccess, parseAccess } from '../access/access-file.ts';
import { parseClients } from '../clients/clients-file.ts';
import type { Client } from '../clients/client.ts';
import { messageOf } from '../foundation/error-message.ts';
import { warnOfGuessableSecrets } from './guessable-secrets.ts';
import { readJsonFile } from './json-file.ts';
import { parsePeople, type PersonEntry } from '../identity/people-file.ts';

/** Where the three files are; undefined for one that the operator does without. */
interface ConfigurationFiles {
  readonly clientsFile: string | undefined;
  readonly accessFile: string | undefined;
  readonly usersFile: string | undefined;
}

/** What the three files hold. */
export interface Configuration {
  readonly clients: readonly Client[];
  readonly access: AccessContract;
  readonly people: readonly PersonEntry[];
  /** What is right, and not wise. */
  readonly warnings: readonly string[];
}

/**
 * Reads and checks `CLIENTS_FILE`, `ACCESS_FILE` and `USERS_FILE`.
 *
 * @throws Error that lists what is wrong with all of them.
 */
export async function readConfiguration(files: ConfigurationFiles): Promise<Configuration> {
  const read = await Promise.allSettled([
    readClients(files),
    readAccessFile(files),
    readOptional('USERS_FILE', files.usersFile, parsePeople, []),
  ]);
  const wrong = read.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
  const [clients, access, people] = read;
  if (clients.status !== 'fulfilled' || access.status !== 'fulfilled' || people.status !== 'fulfilled')
    throw new Error(wrong.join('\n'));
  return { ...clients.value, access: access.value, people: people.value };
}

export async function readClientsFile(
  files: Pick<ConfigurationFiles, 'clientsFile'>,
): Promise<readonly Client[]> {
  return (await readClients(files)).clients;
}

export function readAccessFile({
  accessFile,
}: Pick<ConfigurationFiles, 'accessFile'>): Promise<AccessContract> {
  return readOptional('ACCESS_FILE', accessFile, parseAccess, emptyAccess);
}

type ReadClients = Pick<Configuration, 'clients' | 'warnings'>;

function readClients({ clientsFile }: Pick<ConfigurationFiles, 'clientsFile'>): Promise<ReadClients> {
  return readOptional('CLIENTS_FILE', clientsFile, parseClientsFile, { clients: [], warnings: [] });
}

function parseClientsFile(content: unknown): ReadClients {
  const warning = warnOfGuessableSecrets(content);
  return { clients: parseClients(content), warnings: warning === undefined ? [] : [warning] };
}

async function readOptional<T>(
  variable: string,
  path: string | undefined,
  parse: (content: unknown) => T,
  absent: T,
): Promise<T> {
  return path === undefined ? absent : readJsonFile(variable, path, parse);
}
