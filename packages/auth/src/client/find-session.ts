import {
  cookieReader,
  type CookieSource,
  type RevocableSession,
  type Session,
  type SessionView,
  viewOf,
} from '../session/index.ts';
import type { SessionEndReason } from '../foundation/index.ts';
import type { Site } from './site.ts';

/** The live session of a request: opened, within its limits, not revoked. Reads only. */
export async function findSession(site: Site, cookies: CookieSource): Promise<Session | undefined> {
  const session = await site.keeper.find(cookieReader(cookies));
  const reason = session && (await findEnd(site, session));
  if (!session || !reason) return session;
  site.observe({ type: 'session.ended', ...site.names, ...personOf(session), reason });
  return undefined;
}

async function findEnd(site: Site, session: Session): Promise<SessionEndReason | undefined> {
  if (await site.revocations.isRevoked(revocableOf(session))) return 'revoked';
  return isUnrenewable(site, session) ? 'unrenewable' : undefined;
}

/**
 * Pages decide by the permissions of the access token. Where nothing can renew it, a session that outlived it would be of
 * somebody who may do nothing and is not even asked to sign in.
 */
function isUnrenewable({ audience, clock, lifetimes }: Site, session: Session): boolean {
  if (audience === undefined || session.refreshToken !== undefined) return false;
  return clock() >= session.accessTokenExpiresAt + lifetimes.staleSeconds;
}

/** What the revocation store knows a session by. A provider that names no session leaves us our own id for it. */
function revocableOf({ id, claims, issuedAt }: Session): RevocableSession {
  return { issuer: claims.iss, sid: claims.sid ?? id, sub: claims.sub, issuedAt };
}

/** How events name the person of a session. */
export const personOf = ({ claims }: Session): { sub: string; sid: string | undefined } => ({
  sub: claims.sub,
  sid: claims.sid,
});

export function viewSession<P extends string>(site: Site, session: Session): SessionView<P> {
  const { permissionsClaim, lifetimes, clock } = site;
  const readsAccessToken = site.audience !== undefined;
  return viewOf<P>(session, { readsAccessToken, permissionsClaim, lifetimes, now: clock() });
}

/** Ends a session here at once, copies of its cookie included (B-10). A later login is a new decision. */
export async function revokeSession(site: Site, session: Session, at: number): Promise<void> {
  const { issuer, sid } = revocableOf(session);
  await site.revocations.revoke({ issuer, sid, at, until: session.absoluteExpiresAt });
}
