import {
  type CookieChange,
  cookieReader,
  type CookieSource,
  findSession,
  freshCookie,
  hasOutdatedToken,
  type ReadCookie,
  removeSessionCookies,
  type Session,
} from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { RefreshOutcome } from './refresh-outcome.ts';
import { refreshPastChange } from './refresh-past-change.ts';
import { findTouchActions } from './touch-actions.ts';

/** A request's session as it is now, and the cookies that say so. Forward the cookies on the request as well. */
export interface SessionUpdate {
  readonly session: Session | undefined;
  readonly cookies: readonly CookieChange[];
}

/** Refreshes or touches a request's session where that is due. Call it only where cookies can be set. */
export async function updateSession(site: Site, cookies: CookieSource): Promise<SessionUpdate> {
  const read = cookieReader(cookies);
  const session = await findSession(site, read);
  if (!session) return { session, cookies: await removeDeadCookies(site, read) };
  return renewOrTouch(site, session, read);
}

/**
 * Renews a request's session only where the person's permissions have changed since its token was issued: for requests whose
 * marker cookie says that nothing else is due.
 */
export async function updateOutdated(site: Site, cookies: CookieSource): Promise<SessionUpdate> {
  const read = cookieReader(cookies);
  const session = await findSession(site, read);
  if (!session || !hasOutdatedToken(site, session)) return { session, cookies: [] };
  return renewOrTouch(site, session, read);
}

/** The same for what tabs ask by themselves, which is no use of the session: its idle time runs on. */
export async function updateOutdatedUnused(site: Site, cookies: CookieSource): Promise<SessionUpdate> {
  const read = cookieReader(cookies);
  const session = await findSession(site, read);
  const refreshToken = session?.refreshToken;
  if (!session || refreshToken === undefined || !hasOutdatedToken(site, session))
    return { session, cookies: [] };
  const outcome = await refreshPastChange(site, session, refreshToken);
  if (outcome.kind === 'ended') return applyOutcome(site, session, read, outcome);
  if (outcome.kind !== 'renewed') return { session, cookies: [] };
  const unused = { ...outcome.session, lastSeenAt: session.lastSeenAt };
  return applyRenewed(site, { ...outcome, session: unused, cookie: undefined });
}

async function renewOrTouch(site: Site, session: Session, read: ReadCookie): Promise<SessionUpdate> {
  const { refreshToken } = session;
  const isDue = session.refreshDueAt <= site.clock() || hasOutdatedToken(site, session);
  if (refreshToken === undefined || !isDue) return touchSession(site, session, read);
  return applyOutcome(site, session, read, await refreshPastChange(site, session, refreshToken));
}

async function applyOutcome(
  site: Site,
  session: Session,
  read: ReadCookie,
  outcome: RefreshOutcome,
): Promise<SessionUpdate> {
  if (outcome.kind === 'renewed') return applyRenewed(site, outcome);
  if (outcome.kind === 'ended') {
    const newer = await findNewerSession(site, session, read);
    return newer ?? { session: undefined, cookies: removeSessionCookies(site) };
  }
  // While the token is good nothing is written: another process may just have put a newer session into the cookie.
  const isGood = site.clock() < session.accessTokenExpiresAt;
  if (isGood || outcome.kind === 'elsewhere') return { session, cookies: [] };
  return touchSession(site, session, read);
}

async function applyRenewed(
  site: Site,
  { session, cookie }: Extract<RefreshOutcome, { readonly kind: 'renewed' }>,
): Promise<SessionUpdate> {
  const saved = cookie ?? (await site.keeper.save(session));
  return { session, cookies: [saved, freshCookie(site, session)] };
}

/** With a session store another process may have saved a newer session under the same cookie meanwhile. */
async function findNewerSession(
  site: Site,
  { refreshToken }: Session,
  read: ReadCookie,
): Promise<SessionUpdate | undefined> {
  if (!site.options.sessionStore) return undefined;
  const session = await findSession(site, read);
  return session && session.refreshToken !== refreshToken ? { session, cookies: [] } : undefined;
}

/**
 * The cookies to remove where a request has no session. Two kinds of session cookie open nothing and stay all the same:
 * one that this site didn't seal, which another site of this host may need; and one whose session was revoked or can't be
 * renewed, since a login may have replaced it already and a late response would remove the new one.
 */
async function removeDeadCookies(site: Site, read: ReadCookie): Promise<CookieChange[]> {
  const cookie = read(site.jar.names.session);
  if (cookie === undefined || !(await site.sessionSealer.isOwn(cookie))) return [];
  if (await site.keeper.find(read)) return [site.jar.remove(site.jar.names.fresh)];
  const message = 'the session cookie opens no session: it is over, or was altered';
  site.observe({ type: 'session.rejected', ...site.names, code: 'session_invalid', message });
  return removeSessionCookies(site);
}

async function touchSession(site: Site, session: Session, read: ReadCookie): Promise<SessionUpdate> {
  const { save, setFresh } = findTouchActions(site, session);
  const newer = save ? await findNewerSession(site, session, read) : undefined;
  if (newer) return newer;
  const touched = save ? { ...session, lastSeenAt: site.clock() } : session;
  const saved = save ? [await site.keeper.save(touched)] : [];
  const isMissing = read(site.jar.names.fresh) === undefined;
  const isSet = setFresh === 'always' || (setFresh === 'if missing' && isMissing);
  return { session: touched, cookies: isSet ? [...saved, freshCookie(site, touched)] : saved };
}
