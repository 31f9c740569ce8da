import { isAuthError } from '../foundation/index.ts';
import type { RefreshStore } from '../session/index.ts';
import type { RefreshOutcome } from './refresh.ts';
import type { Site } from './site.ts';
import { spendOnce } from './spend.ts';

/**
 * Longer than the calls of one refresh take (discovery, token, keys) on clocks that differ by 30 s. The result ends it;
 * whoever was to bring one and died is replaced after it. Integer seconds.
 */
const CLAIM_SECONDS = 45;
/** How long a page waits for another process, and how often it looks. */
const WAIT_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 25;

/** One refresh token of one session, and how the site's processes meet over it. */
export interface Meeting {
  /** Names the refresh token; holds nothing of it. */
  readonly key: string;
  /** The session's own id: what lies in the store must be the same session. */
  readonly sessionId: string;
  /** After a failure that time may heal, nobody tries again for so long, integer seconds. */
  readonly retrySeconds: number;
  readonly ask: () => Promise<RefreshOutcome>;
}

/**
 * One refresh for all processes of a site (pain 1): one of them asks the provider, the others take what it left. So a
 * provider that ends the session at the second use of a refresh token (RFC 9700 §4.14.2) sees one use only.
 *
 * @throws AuthError `store_unavailable`
 */
export async function refreshTogether(site: Site, meeting: Meeting): Promise<RefreshOutcome> {
  const { refreshes } = site;
  if (!refreshes) return meeting.ask();
  const { outcome, attempt } = await look(site, refreshes, meeting);
  if (outcome) return outcome;
  const isOurs = await spendOnce(site, 'refresh', `${meeting.key} ${attempt}`, site.clock() + CLAIM_SECONDS);
  if (!isOurs) return await waitForOther(site, refreshes, meeting);
  const found = await meeting.ask();
  await leave(site, refreshes, meeting, { outcome: found, attempt });
  return found;
}

interface Left {
  /** `undefined`: nobody has an answer that still counts. */
  readonly outcome: RefreshOutcome | undefined;
  /** Each try is claimed for itself, so that one that failed can be followed by another. */
  readonly attempt: number;
}

/** In the store: the new cookie, `ended`, or which attempt failed and when the next may begin. */
const ENDED = 'ended';
const kept = (attempt: number, retryAt: number) => `kept ${attempt} ${retryAt}`;

async function look(site: Site, refreshes: RefreshStore, { key, sessionId }: Meeting): Promise<Left> {
  const text = await refreshes.find(key);
  if (text === undefined) return { outcome: undefined, attempt: 0 };
  if (text === ENDED) return { outcome: { kind: 'ended' }, attempt: 0 };
  const [, failed, retryAt] = /^kept (\d+) (\d+)$/.exec(text) ?? [];
  if (failed !== undefined)
    return {
      outcome: Number(retryAt) > site.clock() ? { kind: 'kept' } : undefined,
      attempt: Number(failed) + 1,
    };
  // Sealed by the site's own key, and the same session: whoever writes into the store gives nobody another one.
  const saved = await site.keeper.adopt(text);
  const isSame = saved?.session.id === sessionId;
  return { outcome: isSame ? { kind: 'renewed', ...saved } : undefined, attempt: 0 };
}

/** The tokens are here whatever the store says: a failure to tell the others must not lose them. */
async function leave(
  site: Site,
  refreshes: RefreshStore,
  { key, retrySeconds }: Meeting,
  { outcome, attempt }: Left,
): Promise<void> {
  // Nobody else can use what no store has: the claim holds them off until this process has saved it.
  if (outcome?.kind === 'renewed' && !outcome.cookie) return;
  const again = kept(attempt, site.clock() + retrySeconds);
  const text =
    outcome?.kind === 'renewed' ? outcome.cookie?.value : outcome?.kind === 'ended' ? ENDED : again;
  try {
    await refreshes.save(key, text ?? again, site.lifetimes.settledSeconds);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    site.observe({ type: 'refresh.unshared', ...site.names, code: error.code, message: error.message });
  }
}

async function waitForOther(site: Site, refreshes: RefreshStore, meeting: Meeting): Promise<RefreshOutcome> {
  for (let waited = 0; waited < WAIT_MILLISECONDS; waited += LOOK_MILLISECONDS) {
    /* oxlint-disable no-await-in-loop -- one look after the other */
    await new Promise((resolve) => void setTimeout(resolve, LOOK_MILLISECONDS));
    const { outcome } = await look(site, refreshes, meeting);
    /* oxlint-enable no-await-in-loop */
    if (outcome) return outcome;
  }
  return { kind: 'elsewhere' };
}
