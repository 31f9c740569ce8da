import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  type JWK,
  type SigningAlgorithm,
  type SigningKey,
  type VerificationKeys,
} from '../tokens/index.ts';

/** The issuer's keys: one signs, all are published. */
export interface TestKeyRing {
  /** The key that signs now. */
  signer(): SigningKey;
  /** What the JWKS endpoint publishes now. */
  jwks(): { readonly keys: readonly JWK[] };
  /** Verifies with what is published now. */
  readonly verificationKeys: VerificationKeys;
  /** A new key signs from now on; the old ones stay published unless `forgetOld`. */
  rotate(options?: { readonly forgetOld?: boolean }): Promise<void>;
  /** Publishes one key more, which signs only what a test says. */
  publish(key: SigningKey): void;
}

export async function createTestKeyRing(alg: SigningAlgorithm): Promise<TestKeyRing> {
  let ring: readonly [SigningKey, ...SigningKey[]] = [await createTestKey(alg)];
  const jwks = () => ({ keys: ring.map(({ publicJwk }) => publicJwk) });
  return {
    signer: () => ring[0],
    jwks,
    verificationKeys: (query) => createLocalKeys(jwks())(query),
    async rotate({ forgetOld = false } = {}) {
      ring = [await createTestKey(alg), ...(forgetOld ? [] : ring)];
    },
    publish(key) {
      ring = [...ring, key];
    },
  };
}

/** A key that no issuer knows, e.g. to sign as a stranger. */
export async function createTestKey(alg: SigningAlgorithm = 'ES256'): Promise<SigningKey> {
  return importSigningKey(await generateSigningJwk(alg));
}
