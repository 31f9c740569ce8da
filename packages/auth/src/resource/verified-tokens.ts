import { createLruCache, type Clock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';

/** Tokens that were verified a moment ago. */
export interface VerifiedTokens<P extends string> {
  find(token: string, generation: number): AccessToken<P> | undefined;
  add(token: string, verified: AccessToken<P>, generation: number): void;
}

interface Entry<P extends string> {
  readonly verified: AccessToken<P>;
  readonly generation: number;
}

/**
 * A bounded memory of verified tokens. An entry ends with its token, with the key set it was verified by, and after a
 * minute at most.
 *
 * The key is the token's text: WebCrypto digests asynchronously only, which costs a good part of the verification
 * that is saved.
 */
export function createVerifiedTokens<P extends string>(clock: Clock): VerifiedTokens<P> {
  const recent = createLruCache<Entry<P>>(clock);
  return {
    find(token, generation) {
      const entry = recent.find(token);
      return entry?.generation === generation ? entry.verified : undefined;
    },
    add: (token, verified, generation) => recent.add(token, { verified, generation }, verified.exp),
  };
}
