import { verifyIdToken } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import type { Client } from '../clients/client.ts';
import { OAuthError } from '../http/oauth-error.ts';
import { createIdTokenHintKeys } from '../keys/id-token-hint-keys.ts';
import { ALGORITHMS } from '../keys/key-ring.ts';
import type { Provider } from '../provider.ts';

/** What a hint that was verified says. */
export interface IdTokenHint {
  /** Whom the ID token was issued to. */
  readonly clientId: string;
  readonly sub: string;
  readonly sid: string | undefined;
}

/**
 * Verifies an `id_token_hint`: our signature, our issuer. It may have expired, and its key may have been retired
 * since; it is a hint, and days later it still names the same person (OIDC Core §3.1.2.1).
 */
export async function findIdTokenHint(provider: Provider, hint: string): Promise<IdTokenHint | undefined> {
  try {
    const { iat, nonce, aud } = decodeJwt(hint);
    const clientId = typeof aud === 'string' ? aud : '';
    const claims = await verifyIdToken(hint, {
      issuer: provider.issuer,
      clientId,
      algorithms: ALGORITHMS,
      keys: createIdTokenHintKeys(provider),
      // Verified as of its own time of issue, which is what lets an expired one pass.
      clock: () => iat ?? 0,
      nonce: typeof nonce === 'string' ? nonce : undefined,
    });
    return { clientId, sub: claims.sub, sid: claims.sid };
  } catch {
    return undefined;
  }
}

/**
 * The person that a request's hint names.
 *
 * @throws OAuthError login_required for a hint we can't believe (P-21): it must not sign anybody in, nor be ignored.
 */
export async function requireHintedSub(
  provider: Provider,
  client: Client,
  hint: string | undefined,
): Promise<string | undefined> {
  if (hint === undefined) return undefined;
  const verified = await findIdTokenHint(provider, hint);
  if (verified?.clientId !== client.clientId)
    throw new OAuthError(
      'login_required',
      'the id_token_hint is not an ID token of this provider for this client',
    );
  return verified.sub;
}
