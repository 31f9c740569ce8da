import { authError, isAuthError } from '../foundation/index.ts';
import {
  findState,
  isOutdated,
  type RevocableSession,
  type SessionState,
  type StateStore,
  storeError,
  toPersonOrder,
} from '../session/index.ts';
import type { AccessTokenClaims } from '../tokens/index.ts';

/**
 * Refuses a token whose session was ended, or whose person was signed out, after the token was issued (B-10, RFC 6750 §3.1:
 * `invalid_token` also for a revoked one), and one that is older than a change of the person's permissions (N-03).
 *
 * @throws AuthError `token_revoked`, `token_outdated`, `store_unavailable`: while nobody can say, nobody gets in
 */
export async function requireUnrevoked(revocations: StateStore, token: AccessTokenClaims): Promise<void> {
  const { isRevoked, permissionsChangedAt } = await ask(revocations, toRevocable(token));
  if (isRevoked)
    throw authError(
      'token_revoked',
      'the session that this token belongs to was ended: sign in again, then get a new token',
    );
  if (isOutdated(token.iat, permissionsChangedAt))
    throw authError(
      'token_outdated',
      'the permissions of this person have changed since this token was issued: get a new one, by refresh or exchange',
    );
}

/** A token without a `sid` belongs to no session that could be named; it ends with a logout of the person. */
function toRevocable({ iss: issuer, sid, jti, sub, iat }: AccessTokenClaims): RevocableSession {
  const issuedAt = Math.floor(iat);
  // When it arrived at the client, nobody here knows: a logout of the same second ends it.
  return { issuer, sid: sid ?? jti, sub, issuedAt, order: toPersonOrder(issuedAt, 0) };
}

async function ask(revocations: StateStore, session: RevocableSession): Promise<SessionState> {
  try {
    return await findState(revocations, session);
  } catch (cause) {
    throw isAuthError(cause) ? cause : storeError('revocations', cause);
  }
}
