import { MINUTE, requireSecureUrl, systemClock, type Clock, type Observe } from '../foundation/index.ts';
import { beginFetch, emptyCache, findPending, type KeyCache, type KeyFetchSettings } from './key-cache.ts';
import type { KeyQuery } from './key-set.ts';
import { findAtHand, findNewer } from './key-search.ts';
import type { VerificationKeys } from './verification-keys.ts';

export interface RemoteKeysOptions {
  /** From the issuer's discovery document, or configuration. https, or http on loopback. */
  readonly jwksUri: string;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /**
   * Unknown `kid`s cause at most one request in this time, whoever sends them. Default 30. While the provider does not
   * answer, one in two seconds: a key that it rotated meanwhile is found as soon as it is back.
   */
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
  const find = (insists: boolean) => (query: KeyQuery) => search(query, insists, cache, settings);
  return Object.assign(find(false), {
    refresh: () => (findPending(cache, settings) ?? beginFetch(cache, settings)).done,
    insistent: find(true),
    generation: () => cache.generation,
  });
}

async function search(query: KeyQuery, insists: boolean, cache: KeyCache, settings: KeyFetchSettings) {
  const begunBefore = cache.begun;
  const key = await findAtHand(query, cache, settings);
  return key ?? findNewer({ query, insists, begunBefore }, cache, settings);
}

function toSettings(options: RemoteKeysOptions): KeyFetchSettings {
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
