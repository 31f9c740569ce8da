import { createLruCache, type Clock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';

/** Tokens that were verified within the last minute. */
export interface VerifiedTokens<P extends string> {
  find(token: string, keysVersion: number): AccessToken<P> | undefined;
  add(token: string, verified: AccessToken<P>, keysVersion: number): void;
}

interface Entry<P extends string> {
  readonly verified: AccessToken<P>;
  readonly keysVersion: number;
}

/**
 * A bounded cache of verified tokens. An entry ends when its token expires, when the issuer's keys change, and after a
 * minute at most.
 *
 * The cache key is the token's text: WebCrypto computes digests only asynchronously, which would cost a good part of the
 * verification that the cache saves.
 */
export function createVerifiedTokens<P extends string>(clock: Clock): VerifiedTokens<P> {
  const cache = createLruCache<Entry<P>>(clock);
  return {
    find(token, keysVersion) {
      const entry = cache.find(token);
      return entry?.keysVersion === keysVersion ? entry.verified : undefined;
    },
    add: (token, verified, keysVersion) => cache.add(token, { verified, keysVersion }, verified.exp),
  };
}
