import {
  authError,
  MINUTE,
  notify,
  requireSecureUrl,
  systemClock,
  type Clock,
  type Observe,
} from '../foundation/index.ts';
import { fetchJson } from './fetch-json.ts';
import { createKeySet, type KeyQuery, type KeySet } from './key-set.ts';
import { unknownKey, type VerificationKeys } from './verification-keys.ts';

export interface RemoteKeysOptions {
  /** From the issuer's discovery document, or configuration. https, or http on loopback. */
  readonly jwksUri: string;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /** Unknown `kid`s cause at most one request in this time, whoever sends them. Default 30. */
  readonly cooldownSeconds?: number | undefined;
  /** For one whole answer of the provider. Default 5. */
  readonly timeoutSeconds?: number | undefined;
  /** Older keys are fetched again; twice as old, a request waits for that. Default 600. */
  readonly maxAgeSeconds?: number | undefined;
  readonly observe?: Observe | undefined;
}

/** The issuer's published keys, fetched when needed and kept while the provider is down. */
export interface RemoteKeys extends VerificationKeys {
  /** Fetches now, or joins the fetch under way. Never throws: on failure the keys at hand stay. */
  refresh(): Promise<void>;
  /**
   * The same for a token that came straight from the provider: an unknown `kid` there is a rotation and no stranger's
   * invention. Each is looked for once although the cool-down runs, so that no stranger can make a login fail.
   */
  readonly insistent: VerificationKeys;
  /** Grows when the published keys change: what was verified under an older generation is verified again. */
  generation(): number;
}

type Settings = {
  readonly [Name in Exclude<keyof RemoteKeysOptions, 'observe'>]-?: NonNullable<RemoteKeysOptions[Name]>;
} & Pick<RemoteKeysOptions, 'observe'>;

interface Cache {
  keySet: KeySet | undefined;
  /** The set as text, to tell a change. */
  text: string;
  generation: number;
  fetchedAt: number;
  triedAt: number;
  /** When a request for an unknown `kid` last reached the provider. */
  askedAt: number;
  /** When each `kid` that came straight from the provider was last looked for. */
  readonly insisted: Map<string, number>;
  /** Completed fetches, failed ones included. */
  tries: number;
  /** Why the last fetch failed; `undefined` after one that did not. */
  failure: unknown;
  pending: Promise<void> | undefined;
}

/** Without any key every request would ask a provider that is down; this long they share the last answer. */
const FAILURE_SECONDS = 2;

/**
 * Keys from the issuer's JWKS: one request for any number of parallel callers, one per cool-down for unknown `kid`s,
 * the last good set while the provider is down or answers nonsense.
 *
 * @throws AuthError `config_invalid` when `jwksUri` is neither https nor loopback. The returned function throws
 * `token_key_unknown`, and `keys_unavailable` (transient) when no key set could ever be fetched.
 */
export function createRemoteKeys(options: RemoteKeysOptions): RemoteKeys {
  const settings = toSettings(options);
  const cache = emptyCache();
  const load = () =>
    (cache.pending ??= fetchInto(cache, settings).finally(() => (cache.pending = undefined)));
  const find = async (query: KeyQuery, insists: boolean) => {
    const triesBefore = cache.tries;
    await freshen(cache, settings, load);
    const key = await requireKeySet(cache).find(query);
    return key ?? findNewer(query, cache, { settings, load, insists, asked: cache.tries !== triesBefore });
  };
  return Object.assign((query: KeyQuery) => find(query, false), {
    refresh: load,
    insistent: (query: KeyQuery) => find(query, true),
    generation: () => cache.generation,
  });
}

function toSettings(options: RemoteKeysOptions): Settings {
  return {
    jwksUri: requireSecureUrl(options.jwksUri, 'jwksUri').href,
    // Looked up at each call: what patches fetch later (tests, tracing) is used too.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    cooldownSeconds: options.cooldownSeconds ?? 30,
    timeoutSeconds: options.timeoutSeconds ?? 5,
    maxAgeSeconds: options.maxAgeSeconds ?? 10 * MINUTE,
    observe: options.observe,
  };
}

function emptyCache(): Cache {
  const never = Number.NEGATIVE_INFINITY;
  return {
    keySet: undefined,
    text: '',
    generation: 0,
    fetchedAt: never,
    triedAt: never,
    askedAt: never,
    insisted: new Map(),
    tries: 0,
    failure: undefined,
    pending: undefined,
  };
}

/** Whether less than so many seconds passed; a clock that jumped back counts as long ago. */
function isWithin(now: number, then: number, seconds: number): boolean {
  return now - then >= 0 && now - then < seconds;
}

/** Fetches what is missing, or old and not tried just now; waits only where the keys at hand must not serve alone. */
async function freshen(cache: Cache, settings: Settings, load: () => Promise<void>): Promise<void> {
  const now = settings.clock();
  if (!cache.keySet) {
    if (cache.pending || !isWithin(now, cache.triedAt, FAILURE_SECONDS)) await load();
    return;
  }
  if (isWithin(now, cache.fetchedAt, settings.maxAgeSeconds)) return;
  if (!cache.pending && isWithin(now, cache.triedAt, settings.cooldownSeconds)) return;
  const mustWait = cache.failure === undefined && !isWithin(now, cache.fetchedAt, 2 * settings.maxAgeSeconds);
  const loading = load();
  if (mustWait) await loading;
}

function requireKeySet({ keySet, failure }: Cache): KeySet {
  if (keySet) return keySet;
  const message =
    'the keys of the provider could not be fetched yet: check that it runs and that jwksUri is right';
  throw authError('keys_unavailable', message, { cause: failure, transient: true });
}

interface Asking {
  readonly settings: Settings;
  readonly load: () => Promise<void>;
  /** Whether this very call already waited for a fetch. */
  readonly asked: boolean;
  /** Whether it asks although the cool-down runs. */
  readonly insists: boolean;
}

/** A rotated key is found by one request more; whoever makes up `kid`s can't cause more than one per cool-down. */
async function findNewer(query: KeyQuery, cache: Cache, { settings, load, asked, insists }: Asking) {
  const now = settings.clock();
  const isNews = insists && insistOnce(query.kid ?? '', now, cache, settings);
  const isCool = !isWithin(now, cache.askedAt, settings.cooldownSeconds);
  const mayAsk = !asked && (cache.pending || isCool || isNews);
  if (asked || mayAsk) cache.askedAt = now;
  if (mayAsk) await load();
  const key = await requireKeySet(cache).find(query);
  if (!key) throw unknownKey(query, cache.failure !== undefined);
  return key;
}

const MAX_INSISTED = 100;

/** Whether this `kid` was not looked for within the cool-down; true once. */
function insistOnce(kid: string, now: number, { insisted }: Cache, { cooldownSeconds }: Settings): boolean {
  if (isWithin(now, insisted.get(kid) ?? Number.NEGATIVE_INFINITY, cooldownSeconds)) return false;
  if (insisted.size >= MAX_INSISTED) insisted.clear();
  insisted.set(kid, now);
  return true;
}

/** One fetch; never rejects. A set without a usable key is no set: it must not replace one that works. */
async function fetchInto(cache: Cache, settings: Settings): Promise<void> {
  const { jwksUri, observe } = settings;
  cache.triedAt = settings.clock();
  try {
    const jwks = await fetchJson(jwksUri, settings);
    const keySet = createKeySet(jwks);
    if (keySet.size === 0) throw new Error('the key set holds no key that can verify');
    store(cache, keySet, JSON.stringify(jwks));
    cache.fetchedAt = settings.clock();
    notify(observe, { type: 'keys.fetched', jwksUri, kids: keySet.kids });
  } catch (failure) {
    cache.failure = failure;
    const reason = failure instanceof Error ? failure.message : 'the request failed';
    notify(observe, { type: 'keys.failed', jwksUri, reason, cached: cache.keySet?.size ?? 0 });
  }
  cache.tries += 1;
}

function store(cache: Cache, keySet: KeySet, text: string): void {
  cache.failure = undefined;
  if (cache.text === text) return;
  cache.keySet = keySet;
  cache.text = text;
  cache.generation += 1;
}
