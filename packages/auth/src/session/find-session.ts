import type { SessionEndReason } from '../foundation/index.ts';
import { cookieReader, type CookieSource } from './cookies.ts';
import { findState } from './stores/session-state.ts';
import { toRevocable } from './revoke-session.ts';
import type { SessionContext } from './session-context.ts';
import { personOf, type Session } from './session.ts';

/**
 * The live session of a request: opened, within its times, not revoked, with the latest change of the person's permissions.
 * Changes nothing.
 */
export async function findSession(
  context: SessionContext,
  cookies: CookieSource,
): Promise<Session | undefined> {
  const session = await context.keeper.find(cookieReader(cookies));
  if (!session) return undefined;
  const { isRevoked, permissionsChangedAt } = await findState(context.revocations, toRevocable(session));
  const reason = isRevoked ? 'revoked' : findEndReason(context, session);
  if (!reason) return permissionsChangedAt === undefined ? session : { ...session, permissionsChangedAt };
  context.observe({ type: 'session.ended', ...context.names, ...personOf(session), reason });
  return undefined;
}

function findEndReason(context: SessionContext, session: Session): SessionEndReason | undefined {
  return isUnrenewable(context, session) ? 'unrenewable' : undefined;
}

/**
 * Pages decide by the permissions of the access token. Where nothing can renew that token, a session that outlived it
 * would belong to somebody who may do nothing and is never asked to sign in again.
 */
function isUnrenewable(context: SessionContext, session: Session): boolean {
  return context.clock() >= unrenewableAt(context, session);
}

function unrenewableAt(
  { audience, lifetimes }: Pick<SessionContext, 'audience' | 'lifetimes'>,
  { refreshToken, accessTokenExpiresAt }: Session,
): number {
  if (audience === undefined || refreshToken !== undefined) return Number.POSITIVE_INFINITY;
  return accessTokenExpiresAt + lifetimes.staleSeconds;
}

/** When a session ends that is not used again. Integer seconds. */
export function findEnd(context: Pick<SessionContext, 'audience' | 'lifetimes'>, session: Session): number {
  const idleEndsAt = session.lastSeenAt + context.lifetimes.idleSeconds;
  return Math.min(idleEndsAt, session.absoluteExpiresAt, unrenewableAt(context, session));
}
