import { evictEntries, MINUTE, repeat } from '../../foundation/index.ts';
import { type ProviderMetadata, withTimeLimit } from '../../provider/index.ts';
import type { Site } from '../site.ts';
import type { EndedSession } from './ended-session.ts';
import { PROBE_SECONDS, providerAnswers } from './provider-answers.ts';
import { revokeRefreshToken } from './revoke-refresh-token.ts';

/** A person who signs out waits no longer than this for the refresh token's revocation (F-02). */
const REVOCATION_SECONDS = 1;
/** A provider that answers, and still does not take a token, is asked this often. */
const RETRY_SECONDS = MINUTE;

/** Revokes a refresh token; where that fails for now, again later. The caller waits for a second at most. */
export async function revokeSoon(site: Site, metadata: ProviderMetadata, ended: EndedSession): Promise<void> {
  const revoke = async () => {
    if ((await revokeRefreshToken(site, metadata, ended)) === 'later') revokeLater(site, ended);
  };
  await withTimeLimit(revoke(), REVOCATION_SECONDS);
}

/** Revokes it as soon as the provider answers, by this process while it lives; the browser's cookie holds it as well. */
export function revokeLater(site: Site, ended: EndedSession): void {
  if (ended.refreshToken === undefined) return;
  const { unrevoked } = site.memory;
  evictEntries(unrevoked.waiting, site.clock(), ({ until }) => until);
  unrevoked.waiting.set(ended.refreshToken, { ...ended, notBefore: 0 });
  unrevoked.stop ??= repeat(() => void revokeWaiting(site), PROBE_SECONDS);
}

async function revokeWaiting(site: Site): Promise<void> {
  const { unrevoked } = site.memory;
  const now = site.clock();
  for (const [token, { until }] of unrevoked.waiting) if (until <= now) unrevoked.waiting.delete(token);
  const due = [...unrevoked.waiting].filter(([, { notBefore }]) => notBefore <= now);
  if (due.length > 0 && (await providerAnswers(site))) {
    const { metadata } = await site.provider.discover();
    for (const [token, ended] of due) {
      const isDone = (await revokeRefreshToken(site, metadata, ended)) === 'done';
      if (isDone) unrevoked.waiting.delete(token);
      else unrevoked.waiting.set(token, { ...ended, notBefore: now + RETRY_SECONDS });
    }
  }
  if (unrevoked.waiting.size > 0) return;
  unrevoked.stop?.();
  unrevoked.stop = undefined;
}
