import { decodeJwt } from 'jose';
import type { SessionContext } from './session-context.ts';
import type { Session } from './session.ts';
import { isOutdated } from './stores/session-state.ts';

type TokenContext = Pick<SessionContext, 'audience'>;

/**
 * The claims of a session's own access token. It was verified when it came, and only this site can have sealed it: it is not
 * verified again. Without an audience of its own the site holds a token for another API, whose permissions say nothing about
 * this site (T-16). That token may also be opaque.
 */
export function findOwnClaims(
  { audience }: TokenContext,
  { accessToken }: Pick<Session, 'accessToken'>,
): Readonly<Record<string, unknown>> | undefined {
  if (audience === undefined) return undefined;
  try {
    return decodeJwt(accessToken);
  } catch {
    return undefined; // some providers issue opaque access tokens
  }
}

/** `iat` of the session's own access token, where permissions are decided by it. */
export function findTokenTime(
  context: TokenContext,
  session: Pick<Session, 'accessToken'>,
): number | undefined {
  const issuedAt = findOwnClaims(context, session)?.['iat'];
  return typeof issuedAt === 'number' ? issuedAt : undefined;
}

/** Whether the person's permissions have changed since the session's own token was issued: then it decides nothing (N-03). */
export function hasOutdatedToken(context: TokenContext, session: Session): boolean {
  if (session.permissionsChangedAt === undefined) return false;
  const issuedAt = findTokenTime(context, session);
  return issuedAt !== undefined && isOutdated(issuedAt, session.permissionsChangedAt);
}
