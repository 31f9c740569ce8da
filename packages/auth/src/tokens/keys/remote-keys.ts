import {
  DAY,
  MINUTE,
  requireSecureUrl,
  systemClock,
  type Clock,
  type Observe,
} from '../../foundation/index.ts';
import {
  startFetch,
  createRemoteKeyCache,
  findPendingFetch,
  type RemoteKeyCache,
  type RemoteKeySettings,
} from './remote-key-cache.ts';
import type { KeyQuery } from './key-set.ts';
import { findCachedKey, requireRotatedKey } from './find-remote-key.ts';
import type { VerificationKeys } from './verification-keys.ts';

export interface RemoteKeysOptions {
  /** From the issuer's discovery document, or configuration. https, or http on loopback. */
  readonly jwksUri: string;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /**
   * Unknown `kid`s cause at most one request in this time, however many tokens name them. Default 30. After a failed
   * fetch it is two seconds, so that new keys are found soon after the provider is back.
   */
  readonly cooldownSeconds?: number | undefined;
  /** Time limit of one fetch, headers and body together. Default 5. */
  readonly timeoutSeconds?: number | undefined;
  /**
   * An older set is fetched again in the background; for a set twice as old, requests wait. So a key that the provider
   * revoked verifies nothing after twice this time and one fetch, while the provider answers. Default 60.
   */
  readonly maxAgeSeconds?: number | undefined;
  /**
   * How long the last set serves while none can be fetched: whoever stole a key that is revoked meanwhile may be the one
   * who keeps the new set away. Default a day.
   */
  readonly maxStaleSeconds?: number | undefined;
  readonly observe?: Observe | undefined;
}

/** The issuer's published keys, fetched when needed and kept while the provider is unavailable. */
export interface RemoteKeys extends VerificationKeys {
  /** Fetches now, or joins the fetch under way. Never throws: after a failure the cached keys stay. */
  refresh(): Promise<void>;
  /**
   * The same keys for a token that came straight from the token endpoint, where an unknown `kid` means a rotation. Such a
   * `kid` is fetched once even during the cool-down: otherwise an attacker who invents `kid`s could make logins fail.
   */
  readonly withoutCooldown: VerificationKeys;
  /** Grows when the published keys change, so that a cache knows which results to verify again. */
  version(): number;
}

/**
 * Keys from the issuer's JWKS. Parallel callers share one request, unknown `kid`s cause one request per cool-down, and the
 * last usable set stays for a day while the provider is unavailable or answers without usable keys.
 *
 * @throws AuthError `config_invalid` when `jwksUri` is neither https nor loopback. The returned function throws
 * `token_key_unknown`, and `keys_unavailable` (transient) when no key set could be fetched yet, or for too long.
 */
export function createRemoteKeys(options: RemoteKeysOptions): RemoteKeys {
  const settings = toSettings(options);
  const cache = createRemoteKeyCache();
  const find = (ignoresCooldown: boolean) => (query: KeyQuery) =>
    requireKey(query, ignoresCooldown, cache, settings);
  return Object.assign(find(false), {
    refresh: () => (findPendingFetch(cache, settings) ?? startFetch(cache, settings)).done,
    withoutCooldown: find(true),
    version: () => cache.version,
  });
}

async function requireKey(
  query: KeyQuery,
  ignoresCooldown: boolean,
  cache: RemoteKeyCache,
  settings: RemoteKeySettings,
) {
  const fetchesBefore = cache.fetchesStarted;
  const key = await findCachedKey(query, cache, settings);
  return key ?? requireRotatedKey({ query, ignoresCooldown, fetchesBefore }, cache, settings);
}

function toSettings(options: RemoteKeysOptions): RemoteKeySettings {
  return {
    jwksUri: requireSecureUrl(options.jwksUri, 'jwksUri').href,
    // Looked up at each call, so that a global fetch that tests or tracing patch later is used.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    cooldownSeconds: options.cooldownSeconds ?? 30,
    timeoutSeconds: options.timeoutSeconds ?? 5,
    maxAgeSeconds: options.maxAgeSeconds ?? MINUTE,
    maxStaleSeconds: options.maxStaleSeconds ?? DAY,
    observe: options.observe,
  };
}
