import { MINUTE, type Clock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';

/** Tokens that were verified a moment ago. */
export interface VerifiedTokens<P extends string> {
  find(token: string, generation: number): AccessToken<P> | undefined;
  add(token: string, verified: AccessToken<P>, generation: number): void;
}

interface Entry<P extends string> {
  readonly verified: AccessToken<P>;
  readonly generation: number;
  readonly since: number;
  readonly until: number;
}

const MAX_ENTRIES = 1000;

/**
 * A bounded memory of verified tokens, least recently used first out. An entry ends with its token, with the key set
 * it was verified by, and after a minute at most.
 *
 * The key is the token's text: WebCrypto digests asynchronously only, which costs a good part of the verification
 * that is saved. The texts stay in this process and go with their entries.
 */
export function createVerifiedTokens<P extends string>(clock: Clock): VerifiedTokens<P> {
  const entries = new Map<string, Entry<P>>();
  return {
    find(token, generation) {
      const entry = entries.get(token);
      if (!entry) return undefined;
      entries.delete(token);
      const now = clock();
      // A clock that jumped back says nothing about the entry's age.
      if (entry.generation !== generation || now < entry.since || now >= entry.until) return undefined;
      entries.set(token, entry);
      return entry.verified;
    },
    add(token, verified, generation) {
      const since = clock();
      entries.set(token, { verified, generation, since, until: Math.min(verified.exp, since + MINUTE) });
      const oldest = entries.keys().next();
      if (entries.size > MAX_ENTRIES && !oldest.done) entries.delete(oldest.value);
    },
  };
}
