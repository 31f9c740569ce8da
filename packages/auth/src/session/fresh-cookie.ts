import type { CookieChange } from './cookies.ts';
import type { SessionContext } from './session-context.ts';
import type { Session } from './session.ts';

/** The `fresh` cookie: while the browser sends it, neither a refresh nor a touch of the session is due, and `proxy.ts` need not run. */
export function freshCookie(
  { jar, lifetimes, clock }: Pick<SessionContext, 'jar' | 'lifetimes' | 'clock'>,
  session: Session,
): CookieChange {
  const dueAt = Math.min(session.refreshDueAt, session.lastSeenAt + lifetimes.touchSeconds);
  return jar.set(jar.names.fresh, '1', Math.max(1, dueAt - clock()));
}
