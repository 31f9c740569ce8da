import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  type JWK,
  type SigningAlgorithm,
  type SigningKey,
  type VerificationKeys,
} from '../../tokens/index.ts';

/** The issuer's keys: one signs, the published ones verify. */
export interface TestKeyRing {
  /** The key that signs now. */
  signer(): SigningKey;
  /** Of the published keys. */
  algorithms(): readonly SigningAlgorithm[];
  /** What the JWKS endpoint publishes now. */
  jwks(): { readonly keys: readonly JWK[] };
  /** Verifies with what is published now; its version grows with every change, as that of `createRemoteKeys`. */
  readonly verificationKeys: VerificationKeys & { version(): number };
  /** A new key signs from now on, of the same algorithm unless `algorithm`; the old ones stay published unless `forgetOld`. */
  rotate(options?: { readonly forgetOld?: boolean; readonly algorithm?: SigningAlgorithm }): Promise<void>;
  /** Publishes another key, which signs only what a test signs with it. */
  publish(key: SigningKey): void;
  /** Signs with this key from now on, an old one or one of another algorithm, and publishes it. */
  signWith(key: SigningKey): void;
  /** Stops publishing a key. If it is the signing key, tokens are still signed with it, and nobody can verify them. */
  withdraw(kid: string): void;
}

export async function createTestKeyRing(alg: SigningAlgorithm): Promise<TestKeyRing> {
  let signing = await createTestKey(alg);
  let published: readonly SigningKey[] = [signing];
  let version = 0;
  const jwks = () => ({ keys: published.map(({ publicJwk }) => publicJwk) });
  const without = (gone: string) => published.filter(({ kid }) => kid !== gone);
  const set = (keys: readonly SigningKey[], signer = signing) => {
    [published, signing] = [keys, signer];
    version += 1;
  };
  return {
    signer: () => signing,
    algorithms: () => published.map(({ alg: each }) => each),
    jwks,
    verificationKeys: Object.assign<VerificationKeys, { version(): number }>(
      (query) => createLocalKeys(jwks())(query),
      { version: () => version },
    ),
    async rotate({ forgetOld = false, algorithm = signing.alg } = {}) {
      const key = await createTestKey(algorithm);
      set([key, ...(forgetOld ? [] : published)], key);
    },
    publish: (key) => set([...without(key.kid), key]),
    signWith: (key) => set([key, ...without(key.kid)], key),
    withdraw: (kid) => set(without(kid)),
  };
}

/** A key that no issuer publishes, e.g. to sign as an attacker. */
export async function createTestKey(alg: SigningAlgorithm = 'ES256'): Promise<SigningKey> {
  return importSigningKey(await generateSigningJwk(alg));
}
