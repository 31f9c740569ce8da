import type { TokenEndpointResponse } from 'oauth4webapi';
import { sha256Base64url } from '../../crypto/index.ts';
import { authError, type StepUp } from '../../foundation/index.ts';
import { type IdTokenClaims, type RemoteKeys, verifyAccessToken, verifyIdToken } from '../../tokens/index.ts';
import type { Site } from '../site.ts';

/** What an ID token has to match. */
export interface IdTokenExpectations extends StepUp {
  /** Of the login; `undefined` after a refresh, where none is expected (OIDC Core §12.2). */
  readonly nonce: string | undefined;
}

/**
 * Verifies the ID token of a token response in full, its signature included though it came over TLS (stricter than
 * OIDC Core §3.1.3.7(6), G3).
 *
 * @throws AuthError of the `token_…` family, `nonce_mismatch`, `login_too_old`, `login_too_weak`, `keys_unavailable`
 */
export async function requireIdToken(
  site: Site,
  keys: RemoteKeys,
  tokens: TokenEndpointResponse,
  { nonce, maxAgeSeconds, acrValues }: IdTokenExpectations,
): Promise<IdTokenClaims> {
  if (tokens.id_token === undefined)
    throw authError(
      'code_redemption_failed',
      'the token response holds no ID token: is "openid" in the scope?',
    );
  const { issuer, clientId } = site.names;
  const { algorithms, clock, options } = site;
  return verifyIdToken(tokens.id_token, {
    issuer,
    clientId,
    trustedAudiences: options.trustedAudiences,
    algorithms,
    keys: keys.withoutCooldown, // the token came from the provider itself, so a new kid is a rotation (F-04)
    clock,
    nonce,
    maxAgeSeconds,
    acrValues,
    accessToken: tokens.access_token,
    report: site.details?.report,
  });
}

/**
 * Verifies the access token for this site's own API as that API would, since pages decide by its permissions. It must
 * also be about the same person as the ID token. Without an audience the token is kept unread.
 *
 * @throws AuthError of the `token_…` family, `keys_unavailable`
 */
export async function requireOwnAccessToken(
  site: Site,
  keys: RemoteKeys,
  token: string,
  sub: string,
): Promise<void> {
  const { issuer, audience, accessTokenAlgorithms: algorithms, clock } = site;
  if (audience === undefined) return;
  const report = site.details?.report;
  const options = { issuer, audience, algorithms, keys: keys.withoutCooldown, clock, report };
  const claims = await verifyAccessToken(token, options);
  if (claims.sub === sub && claims.client_id === site.names.clientId) return;
  throw authError(
    'token_claim',
    'the access token was issued for another person or client than the ID token: ask the provider why',
  );
}

/** What a session keeps of its login's nonce: 128 bits of a hash. */
export async function hashNonce(nonce: string): Promise<string> {
  return (await sha256Base64url(nonce)).slice(0, 22);
}

/**
 * A renewed ID token need not carry a nonce; one that it carries must be the login's (OIDC Core §12.2).
 *
 * @throws AuthError `nonce_mismatch`
 */
export async function requireSameNonce(
  { nonce }: IdTokenClaims,
  nonceHash: string | undefined,
): Promise<void> {
  if (nonce === undefined || nonceHash === undefined) return;
  if (typeof nonce === 'string' && (await hashNonce(nonce)) === nonceHash) return;
  throw authError('nonce_mismatch', 'the renewed ID token belongs to another login: sign in again');
}
