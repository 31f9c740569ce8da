import type { CryptoKey } from 'jose';
import { authError, isWithin, type AuthError } from '../foundation/index.ts';
import { beginFetch, findPending, type KeyCache, type KeyFetch, type KeyFetchSettings } from './key-cache.ts';
import type { KeyQuery } from './key-set.ts';
import { unknownKey } from './verification-keys.ts';

/** The key in the set at hand. Fetches beside it what is old, and before it what is too old to serve alone. */
export async function findAtHand(
  query: KeyQuery,
  cache: KeyCache,
  settings: KeyFetchSettings,
): Promise<CryptoKey | undefined> {
  const key = await cache.keySet?.find(query);
  const mustWait = key && refreshOld(cache, settings);
  if (!mustWait) return key;
  await mustWait;
  return cache.keySet?.find(query);
}

/** @returns what to wait for, where the keys at hand must not serve alone. */
function refreshOld(cache: KeyCache, settings: KeyFetchSettings): Promise<void> | undefined {
  const { maxAgeSeconds, cooldownSeconds } = settings;
  const now = settings.clock();
  if (isWithin(now, cache.fetchedAt, maxAgeSeconds)) return undefined;
  const wasTried = isWithin(now, cache.triedAt, cooldownSeconds);
  const fetch = findPending(cache, settings) ?? (wasTried ? undefined : beginFetch(cache, settings));
  const mayServe = cache.failure !== undefined || isWithin(now, cache.fetchedAt, 2 * maxAgeSeconds);
  return mayServe ? undefined : fetch?.done;
}

/** A key that the set at hand lacks. */
interface Search {
  readonly query: KeyQuery;
  /** Whether the provider itself named it just now. */
  readonly insists: boolean;
  /** How many fetches had begun when this call came. */
  readonly begunBefore: number;
}

/**
 * A rotated key is found by one request more; whoever makes up `kid`s can't cause more than one per cool-down (G12).
 * A fetch that began before this call may bring the set from before the rotation: it is joined, then looked past.
 */
export async function findNewer(
  search: Search,
  cache: KeyCache,
  settings: KeyFetchSettings,
): Promise<CryptoKey> {
  for (;;) {
    const isAnswered = cache.settled > search.begunBefore;
    const fetch = isAnswered
      ? undefined
      : (findPending(cache, settings) ?? beginFor(search, cache, settings));
    if (!fetch) throw refusal(search.query, cache);
    await fetch.done;
    const key = await cache.keySet?.find(search.query);
    if (key) return key;
  }
}

function beginFor(search: Search, cache: KeyCache, settings: KeyFetchSettings): KeyFetch | undefined {
  if (!mayBegin(search, cache, settings)) return undefined;
  const now = settings.clock();
  cache.askedAt = now;
  if (search.insists) remember(cache.insisted, search.query.kid ?? '', now);
  return beginFetch(cache, settings, search.query);
}

/** While the provider does not answer, all share its last failure for so long; then it may be back (F-03). */
const FAILURE_SECONDS = 2;

function mayBegin({ query, insists }: Search, cache: KeyCache, settings: KeyFetchSettings): boolean {
  const { clock, cooldownSeconds } = settings;
  const isCooling = cache.failure
    ? isWithin(clock(), cache.failure.at, Math.min(FAILURE_SECONDS, cooldownSeconds))
    : isWithin(clock(), cache.askedAt, cooldownSeconds);
  if (!isCooling) return true;
  const insistedAt = cache.insisted.get(query.kid ?? '') ?? Number.NEGATIVE_INFINITY;
  return insists && !isWithin(clock(), insistedAt, cooldownSeconds);
}

const MAX_INSISTED = 100;

function remember(insisted: Map<string, number>, kid: string, now: number): void {
  if (insisted.size >= MAX_INSISTED) insisted.clear();
  insisted.set(kid, now);
}

function refusal(query: KeyQuery, { keySet, failure }: KeyCache): AuthError {
  if (keySet) return unknownKey(query, failure !== undefined);
  const message =
    'the keys of the provider could not be fetched yet: check that it runs and that jwksUri is right';
  return authError('keys_unavailable', message, { cause: failure?.cause, transient: true });
}
