import { authError, isAuthError } from '../foundation/index.ts';
import { type RevocableSession, type RevocationStore, storeError, toPersonOrder } from '../session/index.ts';
import type { AccessTokenClaims } from '../tokens/index.ts';

/**
 * Refuses a token whose session was ended, or whose person was signed out, after the token was issued (B-10, RFC 6750 §3.1:
 * `invalid_token` also for a revoked one).
 *
 * @throws AuthError `token_revoked`, `store_unavailable`: while nobody can say, nobody gets in
 */
export async function requireUnrevoked(
  revocations: Pick<RevocationStore, 'isRevoked'>,
  token: AccessTokenClaims,
): Promise<void> {
  if (!(await ask(revocations, toRevocable(token)))) return;
  throw authError(
    'token_revoked',
    'the session that this token belongs to was ended: sign in again, then get a new token',
  );
}

/** A token without a `sid` belongs to no session that could be named; it ends with a logout of the person. */
function toRevocable({ iss: issuer, sid, jti, sub, iat }: AccessTokenClaims): RevocableSession {
  const issuedAt = Math.floor(iat);
  // When it arrived at the client, nobody here knows: a logout of the same second ends it.
  return { issuer, sid: sid ?? jti, sub, issuedAt, order: toPersonOrder(issuedAt, 0) };
}

async function ask(
  revocations: Pick<RevocationStore, 'isRevoked'>,
  session: RevocableSession,
): Promise<boolean> {
  try {
    return await revocations.isRevoked(session);
  } catch (cause) {
    throw isAuthError(cause) ? cause : storeError('revocations', cause);
  }
}
