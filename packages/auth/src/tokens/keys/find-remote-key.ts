import type { CryptoKey } from 'jose';
import { authError, isWithin, type AuthError } from '../../foundation/index.ts';
import {
  forgetStaleKeys,
  startFetch,
  findPendingFetch,
  type RemoteKeyCache,
  type KeyFetch,
  type RemoteKeySettings,
} from './remote-key-cache.ts';
import type { KeyQuery } from './key-set.ts';
import { unknownKeyError } from './verification-keys.ts';

/**
 * The key in the cached set. A set older than `maxAgeSeconds` is fetched again in the background; for a set twice as old
 * the caller waits for the new one.
 */
export async function findCachedKey(
  query: KeyQuery,
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
): Promise<CryptoKey | undefined> {
  forgetStaleKeys(cache, settings);
  const key = await cache.keySet?.find(query);
  const mustWait = key && refreshOldKeys(cache, settings);
  if (!mustWait) return key;
  await mustWait;
  return cache.keySet?.find(query);
}

/** @returns the fetch that the caller has to wait for, where the cached keys are too old to be used meanwhile. */
function refreshOldKeys(cache: RemoteKeyCache, settings: RemoteKeySettings): Promise<void> | undefined {
  const { maxAgeSeconds, cooldownSeconds } = settings;
  const now = settings.clock();
  if (isWithin(now, cache.fetchedAt, maxAgeSeconds)) return undefined;
  const isCooling = isWithin(now, cache.fetchStartedAt, cooldownSeconds);
  const fetch = findPendingFetch(cache, settings) ?? (isCooling ? undefined : startFetch(cache, settings));
  const isUsable = cache.failure !== undefined || isWithin(now, cache.fetchedAt, 2 * maxAgeSeconds);
  return isUsable ? undefined : fetch?.done;
}

/** The search for a key that the cached set lacks. */
interface KeyLookup {
  readonly query: KeyQuery;
  /** Whether the token came straight from the provider, so that its `kid` can't be an attacker's invention. */
  readonly ignoresCooldown: boolean;
  /** How many fetches had started when this search began. */
  readonly fetchesBefore: number;
}

/**
 * Fetches the set again to find a key that the provider rotated in. An attacker who invents `kid`s causes at most one
 * request per cool-down (G12). A fetch that started before this search may bring the set from before the rotation, so
 * where that one lacks the key, another follows.
 *
 * @throws AuthError `token_key_unknown`, `keys_unavailable`
 */
export async function requireRotatedKey(
  lookup: KeyLookup,
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
): Promise<CryptoKey> {
  for (;;) {
    const isAnswered = cache.lastSettledFetch > lookup.fetchesBefore;
    const fetch = isAnswered
      ? undefined
      : (findPendingFetch(cache, settings) ?? startFetchFor(lookup, cache, settings));
    if (!fetch) throw keyError(lookup.query, cache);
    await fetch.done;
    const key = await cache.keySet?.find(lookup.query);
    if (key) return key;
  }
}

function startFetchFor(
  lookup: KeyLookup,
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
): KeyFetch | undefined {
  if (!mayFetch(lookup, cache, settings)) return undefined;
  const now = settings.clock();
  cache.unknownKidFetchedAt = now;
  if (lookup.ignoresCooldown) rememberKid(cache.kidFetchedAt, lookup.query.kid ?? '', now);
  return startFetch(cache, settings, lookup.query);
}

/** After a failed fetch every caller gets that failure for so long; then the provider is asked again (F-03). */
const FAILURE_SECONDS = 2;

function mayFetch(
  { query, ignoresCooldown }: KeyLookup,
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
): boolean {
  const { clock, cooldownSeconds } = settings;
  const isCooling = cache.failure
    ? isWithin(clock(), cache.failure.at, Math.min(FAILURE_SECONDS, cooldownSeconds))
    : isWithin(clock(), cache.unknownKidFetchedAt, cooldownSeconds);
  if (!isCooling) return true;
  const kidFetchedAt = cache.kidFetchedAt.get(query.kid ?? '') ?? Number.NEGATIVE_INFINITY;
  return ignoresCooldown && !isWithin(clock(), kidFetchedAt, cooldownSeconds);
}

const MAX_KIDS = 100;

function rememberKid(kidFetchedAt: Map<string, number>, kid: string, now: number): void {
  if (kidFetchedAt.size >= MAX_KIDS) kidFetchedAt.clear();
  kidFetchedAt.set(kid, now);
}

function keyError(query: KeyQuery, { keySet, failure }: RemoteKeyCache): AuthError {
  if (keySet) return unknownKeyError(query, failure !== undefined);
  const message =
    'the keys of the provider could not be fetched: check that it runs and that jwksUri is right';
  return authError('keys_unavailable', message, { cause: failure?.cause, transient: true });
}
