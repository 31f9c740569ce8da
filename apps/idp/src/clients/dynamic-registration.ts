import { equalHashes, sha256 } from '../foundation/secrets.ts';
import type { IsAllowedPrivateHost } from './private-hosts.ts';

/** Dynamic registration (RFC 7591), where it is open at all. */
export interface DynamicRegistration {
  /** Whether this is one of the initial access tokens (RFC 7591 §1.2). */
  isInitialAccessToken(token: string): boolean;
  /** Which private hosts a registration may name as addresses that we call. */
  readonly mayBePrivate: IsAllowedPrivateHost;
}

/** @param tokens `INITIAL_ACCESS_TOKENS`; without any there is no registration. */
export function createDynamicRegistration(
  tokens: readonly string[],
  mayBePrivate: IsAllowedPrivateHost,
): DynamicRegistration | undefined {
  if (tokens.length === 0) return undefined;
  const hashes = tokens.map(sha256);
  return {
    mayBePrivate,
    isInitialAccessToken(token) {
      const presented = sha256(token);
      // Compares with all of them in constant time, so that the time tells nothing about a near match.
      return hashes.map((hash) => equalHashes(hash, presented)).includes(true);
    },
  };
}
