import { equalHashes, sha256 } from '../foundation/secrets.ts';
import type { MayBePrivate } from './private-hosts.ts';

/** Dynamic registration (RFC 7591), where it is open at all. */
export interface SelfRegistration {
  /** Whether this is one of the initial access tokens (RFC 7591 §1.2). */
  isInitialAccessToken(token: string): boolean;
  /** Which private hosts a registration may name as addresses that we call. */
  readonly mayBePrivate: MayBePrivate;
}

/** @param tokens `INITIAL_ACCESS_TOKENS`; without any there is no registration. */
export function createSelfRegistration(
  tokens: readonly string[],
  mayBePrivate: MayBePrivate,
): SelfRegistration | undefined {
  if (tokens.length === 0) return undefined;
  const hashes = tokens.map(sha256);
  return {
    mayBePrivate,
    isInitialAccessToken(token) {
      const presented = sha256(token);
      // All of them, each in constant time: how long it takes says nothing about which one came close.
      return hashes.map((hash) => equalHashes(hash, presented)).includes(true);
    },
  };
}
