import { sha256Base64url } from '../../crypto/index.ts';
import { type AuthError, isAuthError, MINUTE, singleFlight } from '../../foundation/index.ts';
import type { DiscoveredProvider } from '../../provider/index.ts';
import { type CookieChange, personOf, revokeHere, type Session } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { RefreshOutcome } from './refresh-outcome.ts';
import {
  keepRotated,
  observeRefreshFailure,
  requestRefresh,
  requireRenewed,
  RETRY_SECONDS,
} from './refresh-request.ts';
import { refreshOnceForAll, sharedSeconds } from './shared-refresh.ts';

/**
 * Renews a session's tokens. One call runs at a time, and its result also answers requests that still carry the old
 * cookie (pains 1 and 2). The key names this refresh token of this session, so a renewed session starts anew.
 */
export async function refreshSession(
  site: Site,
  session: Session,
  refreshToken: string,
): Promise<RefreshOutcome> {
  const key = await sha256Base64url(`${session.id} ${refreshToken} ${session.accessTokenExpiresAt}`);
  return singleFlight(site.memory.refreshes, key, {
    clock: site.clock,
    run: () => refreshOnce(site, session, refreshToken, key),
    timeoutSeconds: sharedSeconds(site),
    keepSeconds: (outcome) => keepSeconds(site, outcome),
  });
}

/** Tokens that no store took are remembered here until one takes them. */
const UNSAVED_SECONDS = 10 * MINUTE;
/** Requests of this process share for so long that another process is refreshing. */
const ELSEWHERE_SECONDS = 1;

function keepSeconds({ lifetimes }: Site, outcome: RefreshOutcome): number {
  if (outcome.kind === 'elsewhere') return ELSEWHERE_SECONDS;
  if (outcome.kind === 'kept') return RETRY_SECONDS;
  return outcome.kind === 'renewed' && !outcome.cookie ? UNSAVED_SECONDS : lifetimes.settledSeconds;
}

/** Once in this process, and once among the site's processes where they have a `refreshes` store. */
async function refreshOnce(
  site: Site,
  session: Session,
  refreshToken: string,
  key: string,
): Promise<RefreshOutcome> {
  try {
    return await refreshOnceForAll(site, {
      key,
      sessionId: session.id,
      retrySeconds: RETRY_SECONDS,
      unsavedSeconds: UNSAVED_SECONDS,
      requestTokens: () => requestTokens(site, session, refreshToken),
    });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return toFailedOutcome(site, session, error);
  }
}

async function requestTokens(site: Site, session: Session, refreshToken: string): Promise<RefreshOutcome> {
  const provider = await findProvider(site, session);
  if (!provider) return { kind: 'kept' };
  try {
    const answer = await requestRefresh(site, provider, refreshToken);
    const renewed =
      answer.kind === 'rotated'
        ? keepRotated(site, session, answer)
        : await requireRenewed(site, provider, session, answer.tokens);
    return { kind: 'renewed', session: renewed, cookie: await saveRenewed(site, renewed) };
  } catch (error) {
    if (!isAuthError(error)) throw error;
    const outcome = toFailedOutcome(site, session, error);
    if (outcome.kind === 'ended') await endCopies(site, session);
    return outcome;
  }
}

/** `undefined` where discovery fails, finally too: a provider's wrong document is no word about the person. */
async function findProvider(site: Site, session: Session): Promise<DiscoveredProvider | undefined> {
  try {
    return await site.provider.discover();
  } catch (error) {
    if (!isAuthError(error)) throw error;
    observeRefreshFailure(site, session, error);
    return undefined;
  }
}

/** The old refresh token is used up, so the new one must survive a store that fails for a moment. */
async function saveRenewed(site: Site, session: Session): Promise<CookieChange | undefined> {
  try {
    return await site.keeper.save(session);
  } catch (error) {
    if (!isAuthError(error) || !error.transient) throw error;
    const { code, message } = error;
    site.observe({ type: 'session.unsaved', ...site.names, ...personOf(session), code, message });
    return undefined;
  }
}

/**
 * Ends copies of the session's cookie; the response takes the cookie itself away. With a session store this is not done,
 * for the store's row may already be a newer session. A revocation store that fails was observed by then.
 */
async function endCopies(site: Site, session: Session): Promise<void> {
  if (site.options.sessionStore) return;
  await revokeHere(site, session).catch((error: unknown) => {
    if (!isAuthError(error)) throw error;
  });
}

function toFailedOutcome(site: Site, session: Session, error: AuthError): RefreshOutcome {
  observeRefreshFailure(site, session, error);
  // An answer that can't be used is final, and still no word about the person.
  if (error.transient || error.code === 'refresh_failed') return { kind: 'kept' };
  site.observe({ type: 'session.ended', ...site.names, ...personOf(session), reason: 'refresh-rejected' });
  return { kind: 'ended' };
}
