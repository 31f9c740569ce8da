import { isWithin, notify, quoteUntrusted, SECOND, type Clock, type Observe } from '../foundation/index.ts';
import { fetchJson } from './fetch-json.ts';
import { createKeySet, type KeyQuery, type KeySet } from './key-set.ts';

export interface KeyFetchSettings {
  readonly jwksUri: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly cooldownSeconds: number;
  readonly timeoutSeconds: number;
  readonly maxAgeSeconds: number;
  readonly observe: Observe | undefined;
}

/** One request for the key set. */
export interface KeyFetch {
  /** Counts from 1, in the order in which they began. */
  readonly number: number;
  readonly since: number;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** What one process knows of the issuer's keys. */
export interface KeyCache {
  keySet: KeySet | undefined;
  /** The set as text, to tell a change. */
  text: string;
  generation: number;
  fetchedAt: number;
  triedAt: number;
  /** When a fetch for an unknown `kid` last began. */
  askedAt: number;
  /** When a fetch for each `kid` that came straight from the provider last began. */
  readonly insisted: Map<string, number>;
  /** Fetches begun so far. */
  begun: number;
  /** The number of the latest fetch that settled. */
  settled: number;
  /** Why the last fetch failed; `undefined` after one that did not. */
  failure: { readonly cause: unknown; readonly at: number } | undefined;
  pending: KeyFetch | undefined;
}

export function emptyCache(): KeyCache {
  const never = Number.NEGATIVE_INFINITY;
  return {
    keySet: undefined,
    text: '',
    generation: 0,
    fetchedAt: never,
    triedAt: never,
    askedAt: never,
    insisted: new Map(),
    begun: 0,
    settled: 0,
    failure: undefined,
    pending: undefined,
  };
}

/**
 * The fetch under way. One that is older than its own deadline counts as failed: where a runtime drops a request that
 * began it (Workers, edge functions), neither it nor its timer ever settles, and everybody would wait for good.
 */
export function findPending(
  cache: KeyCache,
  { clock, timeoutSeconds }: KeyFetchSettings,
): KeyFetch | undefined {
  const { pending } = cache;
  // A second more, for the clock counts whole ones.
  if (!pending || isWithin(clock(), pending.since, timeoutSeconds + SECOND)) return pending;
  cache.failure = { cause: new Error('a fetch of the key set never ended'), at: pending.since };
  return (cache.pending = undefined);
}

/** @param wanted what is looked for; `undefined` where the set is only old. */
export function beginFetch(cache: KeyCache, settings: KeyFetchSettings, wanted?: KeyQuery): KeyFetch {
  const since = settings.clock();
  const number = (cache.begun += 1);
  cache.triedAt = since;
  const done = fetchInto(cache, settings, number, wanted).finally(() => {
    if (cache.pending?.number === number) cache.pending = undefined;
  });
  return (cache.pending = { number, since, done });
}

async function fetchInto(
  cache: KeyCache,
  settings: KeyFetchSettings,
  number: number,
  wanted: KeyQuery | undefined,
): Promise<void> {
  const { clock, jwksUri, observe } = settings;
  const answer = await fetchKeySet(settings).catch((cause: unknown) => ({ cause }));
  const isFound = wanted && 'keySet' in answer && (await answer.keySet.find(wanted)) !== undefined;
  // One that was given up and answers after a later one brings an older set.
  if (number < cache.settled) return;
  cache.settled = number;
  if ('keySet' in answer) {
    // A first fetch that brought what was asked for was a start, and no search that uses up the cool-down.
    if (!cache.keySet && isFound) cache.askedAt = Number.NEGATIVE_INFINITY;
    store(cache, answer, clock());
    notify(observe, { type: 'keys.fetched', jwksUri, kids: shown(answer.keySet.kids) });
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

/** A set without a usable key is no set: it must not replace one that works. */
async function fetchKeySet(settings: KeyFetchSettings): Promise<Fetched> {
  const jwks = await fetchJson(settings.jwksUri, settings);
  const keySet = createKeySet(jwks);
  if (await keySet.isUsable()) return { keySet, text: JSON.stringify(jwks) };
  throw new Error('the key set holds no key that can verify');
}

function store(cache: KeyCache, { keySet, text }: Fetched, now: number): void {
  cache.failure = undefined;
  cache.fetchedAt = now;
  if (cache.text === text) return;
  cache.keySet = keySet;
  cache.text = text;
  cache.generation += 1;
}

const MAX_SHOWN = 20;

/** The names are the provider's: no line break of theirs reaches a log (CWE-117), and no more of them than one reads. */
function shown(kids: readonly string[]): readonly string[] {
  return kids.slice(0, MAX_SHOWN).map((kid) => quoteUntrusted(kid).slice(1, -1));
}
