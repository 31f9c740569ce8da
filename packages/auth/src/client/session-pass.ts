import {
  cookieReader,
  type CookieChange,
  type CookieSource,
  type ReadCookie,
  type Session,
} from '../session/index.ts';
import { freshMarker } from './enter-site.ts';
import { findSession } from './find-session.ts';
import { type RefreshOutcome, refreshSession } from './refresh.ts';
import type { Site } from './site.ts';

/** What a request's session became, and the cookies that say so. Forward the changes on the request as well. */
export interface SessionPass {
  readonly session: Session | undefined;
  readonly changes: readonly CookieChange[];
}

/** Renews or touches a request's session where that is due. Call it only where cookies can be set. */
export async function passSession(site: Site, cookies: CookieSource): Promise<SessionPass> {
  const read = cookieReader(cookies);
  const session = await findSession(site, read);
  if (!session) return { session, changes: await dropDead(site, read) };
  const { refreshToken } = session;
  if (refreshToken === undefined || session.refreshDueAt > site.clock()) return touch(site, session, read);
  return passOf(site, session, read, await refreshSession(site, session, refreshToken));
}

async function passOf(
  site: Site,
  session: Session,
  read: ReadCookie,
  outcome: RefreshOutcome,
): Promise<SessionPass> {
  if (outcome.kind === 'renewed') return useRenewed(site, outcome);
  if (outcome.kind === 'ended')
    return (await findNewer(site, session, read)) ?? { session: undefined, changes: forget(site) };
  // While the token is good nothing is written: another process may just have put a newer session into the cookie.
  const isGood = site.clock() < session.accessTokenExpiresAt;
  return isGood || outcome.kind === 'elsewhere' ? { session, changes: [] } : touch(site, session, read);
}

async function useRenewed(
  site: Site,
  { session, cookie }: Extract<RefreshOutcome, { readonly kind: 'renewed' }>,
): Promise<SessionPass> {
  const saved = cookie ?? (await site.keeper.save(session));
  return { session, changes: [saved, freshMarker(site, session)] };
}

/** With a store of sessions another process may have saved a newer one under the same cookie meanwhile. */
async function findNewer(
  site: Site,
  { refreshToken }: Session,
  read: ReadCookie,
): Promise<SessionPass | undefined> {
  if (!site.options.sessionStore) return undefined;
  const session = await findSession(site, read);
  return session && session.refreshToken !== refreshToken ? { session, changes: [] } : undefined;
}

/**
 * Our cookie that is over by time, or was altered, goes. One that isn't ours stays, for another site of this host may need
 * it; and one that was ended otherwise, for a login may just have put a new session into its place, which an answer that
 * comes late would take away. It opens nothing.
 */
async function dropDead(site: Site, read: ReadCookie): Promise<CookieChange[]> {
  const cookie = read(site.jar.names.session);
  if (cookie === undefined || !(await site.sealer.isOwn(cookie))) return [];
  if (await site.keeper.find(read)) return [site.jar.remove(site.jar.names.fresh)];
  const message = 'the session cookie opens no session: it is over, or was altered';
  site.observe({ type: 'session.rejected', ...site.names, code: 'session_invalid', message });
  return forget(site);
}

const forget = ({ jar }: Site) => [jar.remove(jar.names.session), jar.remove(jar.names.fresh)];

/** A touch must never overtake a refresh and put the old refresh token back: none within this many seconds before it. */
const QUIET_SECONDS = 60;

async function touch(site: Site, session: Session, read: ReadCookie): Promise<SessionPass> {
  const now = site.clock();
  const isDue = session.lastSeenAt + site.lifetimes.touchSeconds <= now;
  const untilRefresh = session.refreshDueAt - now;
  const isQuiet = session.refreshToken !== undefined && untilRefresh > 0 && untilRefresh <= QUIET_SECONDS;
  if (isQuiet || !isDue) {
    const isMarked = read(site.jar.names.fresh) !== undefined;
    return { session, changes: untilRefresh > 0 && !isMarked ? [freshMarker(site, session)] : [] };
  }
  const newer = await findNewer(site, session, read);
  if (newer) return newer;
  const touched = { ...session, lastSeenAt: now };
  const changes = [await site.keeper.save(touched)];
  return { session: touched, changes: untilRefresh > 0 ? [...changes, freshMarker(site, touched)] : changes };
}
