import { generateSigningJwk, type SigningAlgorithm } from '@sso/auth/tokens';
import type { JWK } from 'jose';

/** A new RSA key takes a core fifty milliseconds: each provider of a test process begins with the same ones. */
const made = new Map<SigningAlgorithm, Promise<JWK>[]>();

/** Keys for one provider: the first, the second … that this process made, so that no two of its ring are alike. */
export function createTestKeys(): (alg: SigningAlgorithm) => Promise<JWK> {
  const given = new Map<SigningAlgorithm, number>();
  return (alg) => {
    const nth = given.get(alg) ?? 0;
    given.set(alg, nth + 1);
    const keys = made.get(alg) ?? [];
    made.set(alg, keys);
    return (keys[nth] ??= generateSigningJwk(alg));
  };
}
