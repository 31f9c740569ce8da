import { CLOCK_TOLERANCE_SECONDS, isAuthError } from '../../foundation/index.ts';
import { secondsForCalls } from '../../provider/index.ts';
import { consumeOnce, type RefreshStore } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { RefreshOutcome } from './refresh-outcome.ts';
import { parseSharedResult, serializeSharedResult, type SharedResult } from './shared-result.ts';

/** Discovery, the token endpoint, and the keys, which may be fetched a second time for a new `kid`. */
const REFRESH_CALLS = 4;
/** How long a request waits for another process. It looks for the result less and less often. */
const WAIT_MILLISECONDS = 5000;
const [FIRST_PAUSE, LONGEST_PAUSE] = [25, 250];

/** One refresh token of one session, which all processes of a site use once between them. */
export interface SharedRefresh {
  /** A hash that names the refresh token. */
  readonly key: string;
  /** The session's own id: a result in the store must be about the same session. */
  readonly sessionId: string;
  /** After a failure that may pass with time, no process tries again for so long, integer seconds. */
  readonly retrySeconds: number;
  /** How long this process remembers tokens that no store took, integer seconds. */
  readonly unsavedSeconds: number;
  readonly requestTokens: () => Promise<RefreshOutcome>;
}

/**
 * One refresh for all processes of a site (pain 1): one process asks the provider, the others take its result. A provider
 * that ends the session at the second use of a refresh token (RFC 9700 §4.14.2) therefore sees one use.
 *
 * @throws AuthError `store_unavailable`
 */
export async function refreshOnceForAll(site: Site, refresh: SharedRefresh): Promise<RefreshOutcome> {
  const { refreshes } = site;
  if (!refreshes) return refresh.requestTokens();
  const { outcome, failedUntil } = await findResult(site, refreshes, refresh);
  if (outcome) return outcome;
  // Each try is consumed by itself, so that another try can follow one that failed.
  const attempt = `${refresh.key} ${failedUntil}`;
  if (!(await consumeOnce(site, 'refresh', attempt, site.clock() + sharedSeconds(site))))
    return await waitForResult(site, refreshes, refresh);
  const found = await refresh.requestTokens();
  await publishResult(site, refreshes, refresh, found);
  return found;
}

/** How long attempt and result are stored: longer than the calls and than a request with the old cookie, on any clock. */
export const sharedSeconds = ({ lifetimes }: Site): number =>
  lifetimes.settledSeconds + secondsForCalls(REFRESH_CALLS) + CLOCK_TOLERANCE_SECONDS;

interface FoundResult {
  /** `undefined`: no process has a result that still counts. */
  readonly outcome: RefreshOutcome | undefined;
  /** When the wait after the last failed try ended; 0 where no try failed. */
  readonly failedUntil: number;
}

async function findResult(
  site: Site,
  refreshes: RefreshStore,
  { key, sessionId }: SharedRefresh,
): Promise<FoundResult> {
  const text = await refreshes.find(key);
  const result = text === undefined ? undefined : parseSharedResult(text);
  if (!result) return { outcome: undefined, failedUntil: 0 };
  if (result.kind === 'ended') return { outcome: result, failedUntil: 0 };
  if (result.kind === 'kept') {
    const isWaiting = result.retryAt > site.clock();
    return { outcome: isWaiting ? { kind: 'kept' } : undefined, failedUntil: result.retryAt };
  }
  // Sealed by this site and of the same session: whoever writes into the store can hand nobody another session.
  const saved = await site.keeper.openCookie(result.cookie);
  const isSame = saved?.session.id === sessionId;
  return { outcome: isSame ? { kind: 'renewed', ...saved } : undefined, failedUntil: 0 };
}

/** A failure to share the result is only observed: this process has the tokens and must not lose them. */
async function publishResult(
  site: Site,
  refreshes: RefreshStore,
  refresh: SharedRefresh,
  outcome: RefreshOutcome,
): Promise<void> {
  const { result, seconds } = toSharedResult(site, refresh, outcome);
  try {
    await refreshes.save(refresh.key, serializeSharedResult(result), seconds);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    site.observe({ type: 'refresh.unshared', ...site.names, code: error.code, message: error.message });
  }
}

function toSharedResult(
  site: Site,
  { retrySeconds, unsavedSeconds }: SharedRefresh,
  outcome: RefreshOutcome,
): { readonly result: SharedResult; readonly seconds: number } {
  const now = site.clock();
  const seconds = sharedSeconds(site);
  if (outcome.kind === 'ended') return { result: { kind: 'ended' }, seconds };
  if (outcome.kind !== 'renewed') return { result: { kind: 'kept', retryAt: now + retrySeconds }, seconds };
  const cookie = outcome.cookie?.value;
  if (cookie !== undefined) return { result: { kind: 'renewed', cookie }, seconds };
  // No other process can use tokens that no store has: the others go on as they are until this process has saved them.
  return { result: { kind: 'kept', retryAt: now + unsavedSeconds }, seconds: unsavedSeconds };
}

async function waitForResult(
  site: Site,
  refreshes: RefreshStore,
  refresh: SharedRefresh,
): Promise<RefreshOutcome> {
  const { waited } = site.memory;
  if (waited.find(refresh.key)) return { kind: 'elsewhere' };
  const deadline = performance.now() + WAIT_MILLISECONDS;
  for (let pause = FIRST_PAUSE; performance.now() < deadline; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    await new Promise((resolve) => void setTimeout(resolve, pause));
    const { outcome } = await findResult(site, refreshes, refresh);
    if (outcome) return outcome;
  }
  // The other process has probably died. Later requests look for its result once and don't wait again.
  waited.add(refresh.key, true);
  return { kind: 'elsewhere' };
}
