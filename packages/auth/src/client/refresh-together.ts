import { isAuthError } from '../foundation/index.ts';
import type { RefreshStore } from '../session/index.ts';
import type { RefreshOutcome } from './refresh.ts';
import type { Site } from './site.ts';
import { spendOnce } from './spend.ts';

/** The calls of one refresh (discovery, token, keys) take this long at the most, integer seconds. */
const CALLS_SECONDS = 15;
/** Clocks of a site's processes may differ by this, integer seconds. */
const SKEW_SECONDS = 30;
/** How long a page waits for another process, and how often it looks: less and less. */
const WAIT_MILLISECONDS = 5000;
const [FIRST_PAUSE, LONGEST_PAUSE] = [25, 250];

/** One refresh token of one session, and how the site's processes agree over it. */
export interface SharedRefresh {
  /** Names the refresh token; holds nothing of it. */
  readonly key: string;
  /** The session's own id: what lies in the store must be the same session. */
  readonly sessionId: string;
  /** After a failure that time may heal, nobody tries again for so long, integer seconds. */
  readonly retrySeconds: number;
  /** How long this process remembers tokens that no store took, integer seconds. */
  readonly unsavedSeconds: number;
  readonly ask: () => Promise<RefreshOutcome>;
}

/**
 * One refresh for all processes of a site (pain 1): one of them asks the provider, the others take what it left. So a
 * provider that ends the session at the second use of a refresh token (RFC 9700 §4.14.2) sees one use only.
 *
 * @throws AuthError `store_unavailable`
 */
export async function refreshTogether(site: Site, refresh: SharedRefresh): Promise<RefreshOutcome> {
  const { refreshes } = site;
  if (!refreshes) return refresh.ask();
  const { outcome, failedUntil } = await readResult(site, refreshes, refresh);
  if (outcome) return outcome;
  // Each try is claimed for itself, so that one that failed can be followed by another.
  const claim = `${refresh.key} ${failedUntil}`;
  if (!(await spendOnce(site, 'refresh', claim, site.clock() + keptSeconds(site))))
    return await waitForResult(site, refreshes, refresh);
  const found = await refresh.ask();
  await publishResult(site, refreshes, refresh, found);
  return found;
}

/** How long claim and result are kept: both outlive the calls and a request with the old cookie, on any clock. */
export const keptSeconds = ({ lifetimes }: Site): number =>
  lifetimes.settledSeconds + CALLS_SECONDS + SKEW_SECONDS;

/** In the store: the new cookie, `ended`, or `kept` and when the next try may begin. */
const ENDED = 'ended';
const kept = (retryAt: number) => `kept ${retryAt}`;

interface ReadResult {
  /** `undefined`: nobody has an answer that still counts. */
  readonly outcome: RefreshOutcome | undefined;
  /** When the last try that failed gave way to the next; 0 where none did. */
  readonly failedUntil: number;
}

async function readResult(
  site: Site,
  refreshes: RefreshStore,
  { key, sessionId }: SharedRefresh,
): Promise<ReadResult> {
  const text = await refreshes.find(key);
  if (text === undefined) return { outcome: undefined, failedUntil: 0 };
  if (text === ENDED) return { outcome: { kind: 'ended' }, failedUntil: 0 };
  const retryAt = Number(/^kept (\d+)$/.exec(text)?.[1] ?? 0);
  if (retryAt > site.clock()) return { outcome: { kind: 'kept' }, failedUntil: retryAt };
  if (retryAt > 0) return { outcome: undefined, failedUntil: retryAt };
  // Sealed by the site's own key, and the same session: whoever writes into the store gives nobody another one.
  const saved = await site.keeper.adopt(text);
  const isSame = saved?.session.id === sessionId;
  return { outcome: isSame ? { kind: 'renewed', ...saved } : undefined, failedUntil: 0 };
}

/** The tokens are here whatever the store says: a failure to tell the others must not lose them. */
async function publishResult(
  site: Site,
  refreshes: RefreshStore,
  refresh: SharedRefresh,
  outcome: RefreshOutcome,
): Promise<void> {
  const { text, seconds } = toResult(site, refresh, outcome);
  try {
    await refreshes.save(refresh.key, text, seconds);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    site.observe({ type: 'refresh.unshared', ...site.names, code: error.code, message: error.message });
  }
}

function toResult(site: Site, { retrySeconds, unsavedSeconds }: SharedRefresh, outcome: RefreshOutcome) {
  const now = site.clock();
  const seconds = keptSeconds(site);
  if (outcome.kind === 'ended') return { text: ENDED, seconds };
  if (outcome.kind !== 'renewed') return { text: kept(now + retrySeconds), seconds };
  if (outcome.cookie?.value !== undefined) return { text: outcome.cookie.value, seconds };
  // Nobody else can use what no store has: the others go on as they are until this process has saved it.
  return { text: kept(now + unsavedSeconds), seconds: unsavedSeconds };
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
    const { outcome } = await readResult(site, refreshes, refresh);
    if (outcome) return outcome;
  }
  // Who is that late is dead, or as good as: pages don't wait for it again, and still look whether it came.
  waited.add(refresh.key, true);
  return { kind: 'elsewhere' };
}
