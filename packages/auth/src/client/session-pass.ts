import {
  cookieReader,
  type CookieChange,
  type CookieSource,
  type ReadCookie,
  type Session,
} from '../session/index.ts';
import { freshMarker } from './enter-site.ts';
import { findSession } from './find-session.ts';
import { refreshSession } from './refresh.ts';
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
  if (!session) return { session, changes: dropDead(site, read(site.jar.names.session)) };
  const { refreshToken } = session;
  if (refreshToken === undefined || session.refreshDueAt > site.clock()) return touch(site, session, read);
  const outcome = await refreshSession(site, session, refreshToken);
  if (outcome.kind === 'ended') return { session: undefined, changes: forget(site) };
  if (outcome.kind === 'elsewhere') return { session, changes: [] };
  if (outcome.kind === 'kept') return touch(site, session, read);
  return { session: outcome.session, changes: [outcome.cookie, freshMarker(site, outcome.session)] };
}

/** A cookie that opens no session goes, so that nobody carries it along for ever. */
function dropDead(site: Site, cookie: string | undefined): CookieChange[] {
  if (cookie === undefined) return [];
  const message = 'the session cookie opens no session: it is over, or was not sealed by this site';
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
  const touched = { ...session, lastSeenAt: now };
  const changes = [await site.keeper.save(touched)];
  return { session: touched, changes: untilRefresh > 0 ? [...changes, freshMarker(site, touched)] : changes };
}
