import { type AuthError, isAuthError, MINUTE, sha256Base64url, singleFlight } from '../foundation/index.ts';
import type { CookieChange, Session } from '../session/index.ts';
import { personOf, revokeSession } from './find-session.ts';
import type { DiscoveredProvider } from './provider.ts';
import { keptSeconds, refreshTogether } from './refresh-together.ts';
import { requestRefresh, requireRenewed, RETRY_SECONDS, tellFailure } from './renew-tokens.ts';
import type { Site } from './site.ts';

/** What came of a refresh: a value, so that everybody who waited for it gets the same. */
export type RefreshOutcome =
  /** Without a cookie where the site's own store failed: whoever uses it saves the session. */
  | { readonly kind: 'renewed'; readonly session: Session; readonly cookie: CookieChange | undefined }
  /** The provider is away: the session goes on as it is. */
  | { readonly kind: 'kept' }
  /** Another process is at it and did not say what came of it: the session goes on, and nothing is written over it. */
  | { readonly kind: 'elsewhere' }
  /** The provider refused: the session is over. */
  | { readonly kind: 'ended' };

/**
 * Renews a session's tokens: one call at a time, whose result also answers requests that still carry the old cookie
 * (pains 1 and 2). The key names this refresh token of this session, so one that was renewed since starts anew.
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
    timeoutSeconds: keptSeconds(site),
    keepSeconds: (outcome) => keepSeconds(site, outcome),
  });
}

/** Tokens that no store has yet are remembered here until one takes them. */
const UNSAVED_SECONDS = 10 * MINUTE;
/** How long requests of this process share the word that another one is at it. */
const ELSEWHERE_SECONDS = 1;

function keepSeconds({ lifetimes }: Site, outcome: RefreshOutcome): number {
  if (outcome.kind === 'elsewhere') return ELSEWHERE_SECONDS;
  if (outcome.kind === 'kept') return RETRY_SECONDS;
  return outcome.kind === 'renewed' && !outcome.cookie ? UNSAVED_SECONDS : lifetimes.settledSeconds;
}

/** Once in this process; with the site's other processes where they have a store for that. */
async function refreshOnce(
  site: Site,
  session: Session,
  refreshToken: string,
  key: string,
): Promise<RefreshOutcome> {
  try {
    const ask = () => askProvider(site, session, refreshToken);
    return await refreshTogether(site, {
      key,
      sessionId: session.id,
      retrySeconds: RETRY_SECONDS,
      unsavedSeconds: UNSAVED_SECONDS,
      ask,
    });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return reportFailure(site, session, error);
  }
}

async function askProvider(site: Site, session: Session, refreshToken: string): Promise<RefreshOutcome> {
  const provider = await findProvider(site, session);
  if (!provider) return { kind: 'kept' };
  try {
    const tokens = await requestRefresh(site, provider, refreshToken);
    const renewed = await requireRenewed(site, provider, session, tokens);
    return { kind: 'renewed', session: renewed, cookie: await saveRenewed(site, renewed) };
  } catch (error) {
    if (!isAuthError(error)) throw error;
    const outcome = reportFailure(site, session, error);
    if (outcome.kind === 'ended') await endCopies(site, session);
    return outcome;
  }
}

/** A provider that can't be found, or says odd things of itself, says nothing about the person. */
async function findProvider(site: Site, session: Session): Promise<DiscoveredProvider | undefined> {
  try {
    return await site.provider.discover();
  } catch (error) {
    if (!isAuthError(error)) throw error;
    tellFailure(site, session, error);
    return undefined;
  }
}

/** The old refresh token is used up, so the new one must not be lost to a store that fails for a moment. */
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

/** The cookie goes with this answer; copies of it end here. With a store of sessions the row tells who is the newest. */
async function endCopies(site: Site, session: Session): Promise<void> {
  if (site.options.sessionStore) return;
  await revokeSession(site, session, session.issuedAt).catch((error: unknown) => {
    if (!isAuthError(error)) throw error;
  });
}

function reportFailure(site: Site, session: Session, error: AuthError): RefreshOutcome {
  const person = personOf(session);
  tellFailure(site, session, error);
  if (error.transient) return { kind: 'kept' };
  site.observe({ type: 'session.ended', ...site.names, ...person, reason: 'refresh-rejected' });
  return { kind: 'ended' };
}
