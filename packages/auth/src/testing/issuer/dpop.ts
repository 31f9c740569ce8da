import { isAuthError } from '../../foundation/index.ts';
import {
  consumeDpopProof,
  type DpopRequest,
  type SigningAlgorithm,
  verifyDpopProof,
} from '../../tokens/index.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import { OAuthError } from './oauth-responses.ts';

export const DPOP_ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'EdDSA', 'PS256', 'RS256'];

/** The thumbprint of the key that a token request proves (RFC 9449 §5); `undefined` for one without proof. */
export async function findProvedKey(
  state: IssuerState,
  url: string,
  headers: Headers,
  client: TestClient,
): Promise<string | undefined> {
  if (!headers.has('dpop') && client.dpopBoundAccessTokens !== true) return undefined;
  return requireProof(state, { method: 'POST', url }, headers);
}

/** The key that a request proves. @throws OAuthError */
export async function requireProof(
  state: IssuerState,
  request: DpopRequest & { readonly accessToken?: string },
  headers: Headers,
): Promise<string> {
  const { clock, dpopNonces: nonces } = state;
  try {
    const options = { ...request, algorithms: DPOP_ALGORITHMS, nonces, clock };
    const verified = await verifyDpopProof(headers.get('dpop'), options);
    await consumeDpopProof(state.dpopProofs, verified);
    return verified.jkt;
  } catch (error) {
    if (!isAuthError(error)) throw error;
    throw new OAuthError(error.code === 'dpop_nonce_required' ? 'use_dpop_nonce' : 'invalid_dpop_proof');
  }
}
