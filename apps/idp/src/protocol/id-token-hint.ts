import { verifyIdToken } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import type { Client } from '../clients/registration.ts';
import { OAuthError } from '../http/oauth-error.ts';
import { ALGORITHMS } from '../keys/ring.ts';
import type { Provider } from '../provider.ts';

/** What a hint that was verified says. */
export interface IdTokenHint {
  readonly sub: string;
  readonly sid: string | undefined;
}

/**
 * Verifies an `id_token_hint`: our signature, our issuer, issued to this client. It may have expired; it is a
 * hint, and five minutes later it still names the same person (OIDC Core §3.1.2.1).
 */
export async function findIdTokenHint(
  provider: Provider,
  client: Client,
  hint: string,
): Promise<IdTokenHint | undefined> {
  try {
    const { iat, nonce } = decodeJwt(hint);
    const claims = await verifyIdToken(hint, {
      issuer: provider.issuer,
      clientId: client.clientId,
      algorithms: ALGORITHMS,
      keys: provider.keys.verificationKeys,
      // Verified as of its own time of issue, which is what lets an expired one pass.
      clock: () => iat ?? 0,
      nonce: typeof nonce === 'string' ? nonce : undefined,
    });
    return { sub: claims.sub, sid: claims.sid };
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
  const verified = await findIdTokenHint(provider, client, hint);
  if (!verified)
    throw new OAuthError(
      'login_required',
      'the id_token_hint is not an ID token of this provider for this client',
    );
  return verified.sub;
}
