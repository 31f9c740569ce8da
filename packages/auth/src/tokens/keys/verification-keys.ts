import type { CryptoKey, JWK } from 'jose';
import { authError, quoteUntrusted, type AuthError } from '../../foundation/index.ts';
import { createKeySet, type KeyQuery } from './key-set.ts';

/**
 * Finds the issuer's key for a token's header. It gets `alg` and `kid` only, so no other header parameter (`jwk`, `jku`,
 * `x5u` …) can choose a key.
 *
 * @throws AuthError `token_key_unknown`; `keys_unavailable` (transient) when the keys can't be fetched now
 */
export type VerificationKeys = (header: KeyQuery) => Promise<CryptoKey>;

/**
 * The keys of a given JWK Set. Its private members are ignored.
 *
 * @throws TypeError when the value isn't a JWK Set.
 */
export function createLocalKeys(jwks: { readonly keys: readonly JWK[] }): VerificationKeys {
  const keySet = createKeySet(jwks);
  return async (query) => {
    const key = await keySet.find(query);
    if (!key) throw unknownKeyError(query, false);
    return key;
  };
}

/** @param transient whether the key may be in a newer set that could not be fetched. */
export function unknownKeyError({ alg, kid }: KeyQuery, transient: boolean): AuthError {
  const which = kid === undefined ? 'a token without kid' : `kid ${quoteUntrusted(kid)}`;
  return authError(
    'token_key_unknown',
    `the issuer's key set has no single ${quoteUntrusted(alg)} key for ${which}: check the issuer, or get a new token`,
    { transient },
  );
}
