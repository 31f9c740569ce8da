import { access, registrations, relyingParties } from '@sso/domains';
import { type DemoPerson, people } from '../people.ts';
import { writePrivateJson } from './files.ts';
import type { EstateFiles } from './folder.ts';
import { openSecrets, type Secrets } from './secrets.ts';

interface DataOptions {
  readonly httpsPort: number;
  readonly clients: readonly Readonly<Record<string, unknown>>[];
  readonly people: readonly DemoPerson[];
}

export interface EstateData {
  readonly secrets: Secrets;
  readonly people: readonly DemoPerson[];
}

/** Writes what the provider reads at its start: the sites' registrations, the people and the access contract. */
export function writeData(files: EstateFiles, options: DataOptions): EstateData {
  const secrets = openSecrets(files.secrets);
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
