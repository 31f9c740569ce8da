import type { SigningAlgorithm } from '@sso/auth/tokens';
import type { Client } from './client.ts';

/** What a client of the FAPI 2.0 Security Profile signs with (§5.4.1). */
export const FAPI_ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'PS256', 'EdDSA'];

/**
 * Whether a client's registration is that of the FAPI 2.0 Security Profile: it proves itself by a key of its own, pushes its
 * requests, and its tokens are bound. Such a client is held to the profile's stricter rules; docs/fapi.md lists them.
 */
export function isFapiClient({
  authMethods,
  requirePushedRequests,
  dpopBound,
}: Pick<Client, 'authMethods' | 'requirePushedRequests' | 'dpopBound'>): boolean {
  const [method, ...others] = authMethods;
  return method === 'private_key_jwt' && others.length === 0 && requirePushedRequests && dpopBound;
}
