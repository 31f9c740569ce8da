import { createLruCache, type Clock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';

/** Tokens that were verified within the last minute. */
export interface VerifiedTokens<P extends string, A extends string> {
  find(token: string, keysVersion: number): AccessToken<P, A> | undefined;
  add(token: string, verified: AccessToken<P, A>, keysVersion: number): void;
}

interface Entry<P extends string, A extends string> {
  readonly verified: AccessToken<P, A>;
  readonly keysVersion: number;
}

/**
 * A bounded cache of verified tokens. An entry ends when its token expires, when the issuer's keys change, and after a
 * minute at most.
 *
 * The cache key is the token's text: WebCrypto computes digests only asynchronously, which would cost a good part of the
 * verification that the cache saves.
 */
export function createVerifiedTokens<P extends string, A extends string>(clock: Clock): VerifiedTokens<P, A> {
  const cache = createLruCache<Entry<P, A>>(clock);
  return {
    find(token, keysVersion) {
      const entry = cache.find(token);
      return entry?.keysVersion === keysVersion ? entry.verified : undefined;
    },
    add: (token, verified, keysVersion) => cache.add(token, { verified, keysVersion }, verified.exp),
  };
}
