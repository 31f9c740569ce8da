import { type AuthError, isAuthError } from '@sso/auth';
import { consumeDpopProof, type DpopProof, verifyDpopProof } from '@sso/auth/tokens';
import type { Client } from '../../clients/client.ts';
import { FAPI_ALGORITHMS, isFapiClient } from '../../clients/fapi.ts';
import { DPOP_ALGORITHMS } from '../../clients/metadata-values.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';

/**
 * The proof that came with a client's request (RFC 9449 §5), verified with a nonce of ours (§8). It is not consumed yet.
 *
 * @param path of the endpoint: what a proof is compared with is its public address, whatever `Host` says.
 * @returns undefined for a request without one, where none is demanded.
 * @throws OAuthError invalid_dpop_proof, use_dpop_nonce
 */
export async function findProof(
  provider: Provider,
  request: Pick<Request, 'headers'>,
  client: Client,
  { path, isDemanded }: { readonly path: string; readonly isDemanded: boolean },
): Promise<DpopProof | undefined> {
  const header = request.headers.get('dpop');
  if (header === null && !isDemanded) return undefined;
  const { issuer, clock, dpop } = provider;
  try {
    return await verifyDpopProof(header, {
      method: 'POST',
      url: issuer + path,
      algorithms: isFapiClient(client) ? FAPI_ALGORITHMS : DPOP_ALGORITHMS,
      nonces: dpop.nonces,
      keys: dpop.keys,
      clock,
    });
  } catch (error) {
    throw isAuthError(error) ? await toWire(provider, error) : error;
  }
}

/**
 * Lets a proof count once, on whichever node (§11.1). D-03: last of all, so that only requests that would be answered write
 * into the store; of several with the same proof at the same moment one is.
 *
 * @throws OAuthError invalid_dpop_proof
 */
export async function consumeProof(provider: Provider, proof: DpopProof): Promise<void> {
  try {
    await consumeDpopProof({ consume: (key, until) => provider.store.consumeProof(key, until) }, proof);
  } catch (error) {
    throw isAuthError(error) ? await toWire(provider, error) : error;
  }
}

/** The nonce for the client's next proof (§8.2). */
export async function nonceHeader({ dpop }: Provider): Promise<Record<string, string>> {
  return { 'DPoP-Nonce': await dpop.nonces.current() };
}

async function toWire(provider: Provider, { code, message }: AuthError): Promise<OAuthError> {
  const wire = code === 'dpop_nonce_required' ? 'use_dpop_nonce' : 'invalid_dpop_proof';
  return new OAuthError(wire, message, { headers: await nonceHeader(provider) });
}
