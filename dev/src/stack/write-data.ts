import { access, registrations, relyingParties } from '@sso/domains';
import { type DemoPerson, people } from './demo-people.ts';
import { writePrivateJson } from '../system/private-files.ts';
import type { StackFiles } from './folder.ts';
import { ensureKeyEncryptionKeys, openSecrets, type Secrets } from './secrets.ts';

interface DataOptions {
  readonly httpsPort: number;
  readonly clients: readonly Readonly<Record<string, unknown>>[];
  readonly people: readonly DemoPerson[];
}

export interface StackData {
  readonly secrets: Secrets;
  readonly people: readonly DemoPerson[];
}

/** Writes what the provider reads at its start: the sites' registrations, the people and the access contract. */
export function writeData(files: StackFiles, options: DataOptions): StackData {
  const secrets = openSecrets(files.secrets);
  ensureKeyEncryptionKeys(files.keyEncryptionKeys);
  const secretOf = (clientId: string): string | undefined => {
    const site = relyingParties.find((app) => app.clientId === clientId);
    return site && secrets[site.name].clientSecret;
  };
  const sites = registrations(options.httpsPort).map((client) => ({
    ...client,
    client_secret: secretOf(client.client_id),
  }));
  const everybody = [...people, ...options.people];
  writePrivateJson(files.clients, [...sites, ...options.clients]);
  writePrivateJson(files.users, everybody);
  writePrivateJson(files.access, access);
  return { secrets, people: everybody };
}
