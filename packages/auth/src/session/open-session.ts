import type { CookieChange, CookieSource } from './cookies.ts';
import { revokeHere } from './revoke-session.ts';
import { findSession } from './find-session.ts';
import { freshCookie } from './fresh-cookie.ts';
import type { SessionContext } from './session-context.ts';
import { personOf, type Session } from './session.ts';

/**
 * Keeps a new session and ends the one that this browser had before. The caller observes `session.opened`.
 *
 * @returns the cookies to set.
 * @throws AuthError `session_too_large`, `store_unavailable`
 */
export async function openSession(
  context: SessionContext,
  session: Session,
  cookies: CookieSource,
): Promise<CookieChange[]> {
  const saved = await context.keeper.save(session);
  // Only now, with the new session kept: a failure to keep it must not take the old one away.
  await endReplacedSession(context, cookies);
  return [saved, freshCookie(context, session)];
}

/** The session that this browser had before ends for good, copies of its cookie included (ASVS 5 §7.2.4). */
async function endReplacedSession(context: SessionContext, cookies: CookieSource): Promise<void> {
  const replaced = await findSession(context, cookies);
  if (!replaced) return;
  await revokeHere(context, replaced);
  await context.keeper.remove(replaced);
  context.observe({ type: 'session.ended', ...context.names, ...personOf(replaced), reason: 'replaced' });
}
