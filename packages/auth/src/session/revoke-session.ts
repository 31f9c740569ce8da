import type { CookieChange, CookieJar } from './cookies.ts';
import type { SessionContext } from './session-context.ts';
import type { Session } from './session.ts';
import type { RevocableSession } from './stores/revocation-store.ts';

/** What the revocation store knows a session by. A provider without a `sid` leaves the session's own id for it. */
export function toRevocable({ id, claims, issuedAt, order }: Session): RevocableSession {
  const { iss: issuer, sid = id, sub } = claims;
  return { issuer, sid, id, sub, issuedAt, ...(order === undefined ? {} : { order }) };
}

/**
 * Ends a session of this site alone, copies of its cookie included: a new login took its place, or its refresh token was
 * refused. By its own name, for the provider's session goes on, and so do the tokens that other clients hold of it.
 */
export async function revokeHere(
  { revocations }: Pick<SessionContext, 'revocations'>,
  { id, claims, absoluteExpiresAt: until }: Session,
): Promise<void> {
  await revocations.revoke({ issuer: claims.iss, sid: id, at: until, until });
}

/** Ends a session at this site at once, copies of its cookie included (B-10). A later login is a new decision. */
export async function revokeSession(
  { revocations }: Pick<SessionContext, 'revocations'>,
  session: Session,
  at: number,
): Promise<void> {
  const { issuer, sid } = toRevocable(session);
  await revocations.revoke({ issuer, sid, at, until: session.absoluteExpiresAt });
}

/** Takes the session and its marker out of the browser. */
export function removeSessionCookies({ jar }: { readonly jar: CookieJar }): CookieChange[] {
  return [jar.remove(jar.names.session), jar.remove(jar.names.fresh)];
}
