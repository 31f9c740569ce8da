import type { CookieChange, Session } from '../session/index.ts';
import type { Arrival } from './callback.ts';
import { findSession, personOf, revokeSession } from './find-session.ts';
import { seeOwnPage } from './responses.ts';
import { arrivedMarker } from './silent-cookie.ts';
import type { Site } from './site.ts';

/** Opens the session and answers 303 to the page the person wanted: a clean address, without code and state (G-02). */
export async function enterSite(
  site: Site,
  { request, returnTo, used, stateHash }: Arrival,
  session: Session,
): Promise<Response> {
  const saved = await site.keeper.save(session);
  // Not before the new one is kept: a failure must not take the old one with it.
  await endReplaced(site, request, session);
  const changes = [saved, freshMarker(site, session), ...used, arrivedMarker(site, request)];
  site.observe({ type: 'callback.accepted', ...site.names, ...personOf(session), stateHash });
  site.observe({ type: 'session.opened', ...site.names, ...personOf(session) });
  return seeOwnPage(site, returnTo, changes);
}

/** The marker that nothing is due before the next renewal or touch: until then `proxy.ts` need not run. */
export function freshMarker({ jar, lifetimes, clock }: Site, session: Session): CookieChange {
  const dueAt = Math.min(session.refreshDueAt, session.lastSeenAt + lifetimes.touchSeconds);
  return jar.set(jar.names.fresh, '1', Math.max(1, dueAt - clock()));
}

/** The session that this browser had before ends for good, copies of its cookie included (ASVS 5 §7.2.4). */
async function endReplaced(site: Site, request: Request, next: Session): Promise<void> {
  const before = await findSession(site, request.headers.get('cookie'));
  if (!before) return;
  // Of two in the same second the revocation could not tell which is the newer: it would end both.
  if (before.issuedAt < next.issuedAt) await revokeSession(site, before, before.issuedAt);
  await site.keeper.forget(before);
  site.observe({ type: 'session.ended', ...site.names, ...personOf(before), reason: 'replaced' });
}
