import {
  isWithin,
  notify,
  quoteUntrusted,
  SECOND,
  type Clock,
  type Observe,
} from '../../foundation/index.ts';
import { fetchJson } from '../fetch-json.ts';
import { createKeySet, type KeyQuery, type KeySet } from './key-set.ts';

export interface RemoteKeySettings {
  readonly jwksUri: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly cooldownSeconds: number;
  readonly timeoutSeconds: number;
  readonly maxAgeSeconds: number;
  readonly maxStaleSeconds: number;
  readonly observe: Observe | undefined;
}

/** One request for the key set. */
export interface KeyFetch {
  /** 1 for the first fetch, 2 for the second. */
  readonly number: number;
  readonly startedAt: number;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** What one process knows about the issuer's keys. Times are integer seconds since the epoch. */
export interface RemoteKeyCache {
  keySet: KeySet | undefined;
  /** The set as JSON, to notice a change. */
  text: string;
  /** Counts the changes of the set. */
  version: number;
  fetchedAt: number;
  fetchStartedAt: number;
  /** When the last fetch for an unknown `kid` started. */
  unknownKidFetchedAt: number;
  /** For each `kid` that was looked up in spite of the cool-down: when the last fetch for it started. */
  readonly kidFetchedAt: Map<string, number>;
  /** How many fetches have started. */
  fetchesStarted: number;
  /** The number of the latest fetch that settled. */
  lastSettledFetch: number;
  /** Why the last fetch failed; `undefined` after a successful one. */
  failure: { readonly cause: unknown; readonly at: number } | undefined;
  pending: KeyFetch | undefined;
}

export function createRemoteKeyCache(): RemoteKeyCache {
  const never = Number.NEGATIVE_INFINITY;
  return {
    keySet: undefined,
    text: '',
    version: 0,
    fetchedAt: never,
    fetchStartedAt: never,
    unknownKidFetchedAt: never,
    kidFetchedAt: new Map(),
    fetchesStarted: 0,
    lastSettledFetch: 0,
    failure: undefined,
    pending: undefined,
  };
}

/**
 * The fetch under way. A fetch that is older than its time limit counts as failed: a runtime that drops a request
 * (Workers, edge functions) never settles the fetch that the request started, and every later request would wait for it
 * without end.
 */
export function findPendingFetch(
  cache: RemoteKeyCache,
  { clock, timeoutSeconds }: RemoteKeySettings,
): KeyFetch | undefined {
  const { pending } = cache;
  // One second is added because the clock counts whole seconds.
  if (!pending || isWithin(clock(), pending.startedAt, timeoutSeconds + SECOND)) return pending;
  cache.failure = { cause: new Error('a fetch of the key set never ended'), at: pending.startedAt };
  return (cache.pending = undefined);
}

/** @param query the key that is missing; `undefined` where the set is only old. */
export function startFetch(cache: RemoteKeyCache, settings: RemoteKeySettings, query?: KeyQuery): KeyFetch {
  const startedAt = settings.clock();
  const number = (cache.fetchesStarted += 1);
  cache.fetchStartedAt = startedAt;
  const done = fetchInto(cache, settings, number, query).finally(() => {
    if (cache.pending?.number === number) cache.pending = undefined;
  });
  return (cache.pending = { number, startedAt, done });
}

async function fetchInto(
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
  number: number,
  query: KeyQuery | undefined,
): Promise<void> {
  const { clock, jwksUri, observe } = settings;
  const answer = await fetchKeySet(settings).catch((cause: unknown) => ({ cause }));
  const isFound = query && 'keySet' in answer && (await answer.keySet.find(query)) !== undefined;
  // A fetch that exceeded its time limit may answer after a later one, with an older set.
  if (number < cache.lastSettledFetch) return;
  cache.lastSettledFetch = number;
  if ('keySet' in answer) {
    // The very first fetch starts no cool-down when it brings the key: it was a start, and not a search for a new key.
    if (!cache.keySet && isFound) cache.unknownKidFetchedAt = Number.NEGATIVE_INFINITY;
    store(cache, answer, clock());
    notify(observe, { type: 'keys.fetched', jwksUri, kids: quoteKids(answer.keySet.kids) });
  } else {
    cache.failure = { cause: answer.cause, at: clock() };
    const reason = answer.cause instanceof Error ? answer.cause.message : 'the request failed';
    notify(observe, { type: 'keys.failed', jwksUri, reason, cached: cache.keySet?.size ?? 0 });
  }
}

interface Fetched {
  readonly keySet: KeySet;
  readonly text: string;
}

/** A set without a usable key counts as a failed fetch, so that it can't replace a set that works. */
async function fetchKeySet(settings: RemoteKeySettings): Promise<Fetched> {
  const jwks = await fetchJson(settings.jwksUri, settings);
  const keySet = createKeySet(jwks);
  if (await keySet.isUsable()) return { keySet, text: JSON.stringify(jwks) };
  throw new Error('the key set holds no key that can verify');
}

function store(cache: RemoteKeyCache, { keySet, text }: Fetched, now: number): void {
  cache.failure = undefined;
  cache.fetchedAt = now;
  if (cache.text === text) return;
  cache.keySet = keySet;
  cache.text = text;
  cache.version += 1;
}

/** T-39: drops a set that could not be fetched again for too long, and what was verified by it. */
export function forgetStaleKeys(cache: RemoteKeyCache, { clock, maxStaleSeconds }: RemoteKeySettings): void {
  if (!cache.keySet || clock() - cache.fetchedAt < maxStaleSeconds) return;
  cache.keySet = undefined;
  cache.text = '';
  cache.version += 1;
}

const MAX_KIDS_IN_EVENT = 20;

/** The provider chose these values: their line breaks must not reach a log (CWE-117), and their number is limited. */
function quoteKids(kids: readonly string[]): readonly string[] {
  return kids.slice(0, MAX_KIDS_IN_EVENT).map((kid) => quoteUntrusted(kid).slice(1, -1));
}
