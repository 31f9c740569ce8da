import { z } from 'zod';
import { messageOf } from '../foundation/error-message.ts';
import { ClientMetadataError } from './register-client.ts';
import type { SectorMembers } from './sector.ts';

/** What stands at a `sector_identifier_uri`: every redirect address of the sector (OIDC Registration §5). */
const listedAddresses = z.array(z.string());

/**
 * Fetches `sector_identifier_uri` and looks whether it lists every redirect address of the client. Otherwise whoever
 * registers a client could name the sector of another site, and learn by which `sub` that site knows a person.
 *
 * @param fetch guards against private hosts and follows no redirect.
 * @throws RegistrationError
 */
export async function requireListedBySector(
  fetch: typeof globalThis.fetch,
  client: SectorMembers,
): Promise<void> {
  const { sector_identifier_uri: uri, redirect_uris: redirects } = client;
  if (uri === undefined) return;
  const listed = new Set(await fetchListed(fetch, uri));
  const missing = redirects.find((redirect) => !listed.has(redirect));
  if (missing !== undefined) throw sectorError(`does not list the redirect address ${missing}`);
}

async function fetchListed(fetch: typeof globalThis.fetch, uri: string): Promise<readonly string[]> {
  const response = await fetch(uri, { headers: { accept: 'application/json' } }).catch((error: unknown) => {
    throw sectorError(`can’t be fetched: ${messageOf(error)}`, error);
  });
  if (response.status !== 200) throw sectorError(`answers with status ${response.status}, not 200`);
  const parsed = listedAddresses.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw sectorError('is no JSON array of addresses (OIDC Registration section 5)');
  return parsed.data;
}

function sectorError(message: string, cause?: unknown): ClientMetadataError {
  return new ClientMetadataError([{ member: 'sector_identifier_uri', message }], { cause });
}
