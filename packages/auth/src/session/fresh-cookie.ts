import type { CookieChange } from './cookies.ts';
import type { SessionContext } from './session-context.ts';
import type { Session } from './session.ts';

/** The marker that nothing is due before the next renewal or touch of the session: until then `proxy.ts` need not run. */
export function freshCookie(
  { jar, lifetimes, clock }: Pick<SessionContext, 'jar' | 'lifetimes' | 'clock'>,
  session: Session,
): CookieChange {
  const dueAt = Math.min(session.refreshDueAt, session.lastSeenAt + lifetimes.touchSeconds);
  return jar.set(jar.names.fresh, '1', Math.max(1, dueAt - clock()));
}
