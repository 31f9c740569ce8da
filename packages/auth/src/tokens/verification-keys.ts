import type { CryptoKey, JWK } from 'jose';
import { authError, quoteUntrusted, type AuthError } from '../foundation/index.ts';
import { createKeySet, type KeyQuery } from './key-set.ts';

/**
 * Finds the issuer's key for a token's header. It sees `alg` and `kid` only: whatever else the header carries
 * (`jwk`, `jku`, `x5u` …) can't choose a key.
 *
 * @throws AuthError `token_key_unknown`; `keys_unavailable` (transient) when the keys can't be had right now
 */
export type VerificationKeys = (header: KeyQuery) => Promise<CryptoKey>;

/**
 * The keys of a JWK Set at hand. Private members of it are ignored.
 *
 * @throws TypeError when it is no JWK Set.
 */
export function createLocalKeys(jwks: { readonly keys: readonly JWK[] }): VerificationKeys {
  const keySet = createKeySet(jwks);
  return async (query) => {
    const key = await keySet.find(query);
    if (!key) throw unknownKey(query, false);
    return key;
  };
}

/** @param transient whether a newer key set, which could not be fetched, may hold the key. */
export function unknownKey({ alg, kid }: KeyQuery, transient: boolean): AuthError {
  const which = kid === undefined ? 'a token without kid' : `kid ${quoteUntrusted(kid)}`;
  return authError(
    'token_key_unknown',
    `the issuer's key set has no single ${quoteUntrusted(alg)} key for ${which}: check the issuer, or get a new token`,
    { transient },
  );
}
