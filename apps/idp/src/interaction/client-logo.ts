import type { Client } from '../clients/client.ts';
import { sha256 } from '../foundation/secrets.ts';
import type { Provider } from '../provider.ts';

/** By the id in base64url, since an id may hold what an address can't; another `logo_uri` gives another address. */
export function clientLogoPath({ clientId, logoUri }: Pick<Client, 'clientId' | 'logoUri'>): string {
  const id = Buffer.from(clientId).toString('base64url');
  return `/client-logos/${id}?v=${sha256(logoUri ?? '').slice(0, 8)}`;
}

/**
 * GET: the logo of a client. X-20: whatever else its bytes may hold, a browser takes them for a picture and, opened by
 * themselves, for a page without rights.
 */
export async function showClientLogo(
  { clients, clientLogos }: Pick<Provider, 'clients' | 'clientLogos'>,
  id: string,
): Promise<Response> {
  const client = clients.find(Buffer.from(id, 'base64url').toString());
  const found = client && (await clientLogos.find(client));
  if (!found) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });
  return new Response(Buffer.from(found.bytes), {
    headers: {
      'Content-Type': found.type,
      'Cache-Control': 'public, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  });
}
