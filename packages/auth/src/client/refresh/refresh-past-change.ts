import { hasOutdatedToken, type Session } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { RefreshOutcome } from './refresh-outcome.ts';
import { refreshSession } from './refresh-session.ts';

/**
 * The answer of a refresh is repeated for some seconds, here and at providers, and may be older than the change that this
 * session is renewed for. Its own refresh token then gets one that is not.
 */
export async function refreshPastChange(
  site: Site,
  session: Session,
  refreshToken: string,
): Promise<RefreshOutcome> {
  const withChange = (outcome: RefreshOutcome): RefreshOutcome =>
    outcome.kind === 'renewed' ? { ...outcome, session: heedChange(session, outcome.session) } : outcome;
  const first = withChange(await refreshSession(site, session, refreshToken));
  if (first.kind !== 'renewed' || !hasOutdatedToken(site, first.session)) return first;
  const next = first.session.refreshToken;
  if (next === undefined || next === refreshToken) return first;
  const second = withChange(await refreshSession(site, first.session, next));
  // What the first one brought must not be lost.
  return second.kind === 'renewed' || second.kind === 'ended' ? second : first;
}

/** What this request knows of a change holds for a session that another request or process renewed. */
function heedChange({ permissionsChangedAt }: Session, renewed: Session): Session {
  return permissionsChangedAt === undefined ? renewed : { ...renewed, permissionsChangedAt };
}
