import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { authError } from '../../foundation/index.ts';
import { adoptKey, isSigningAlgorithm, type SigningAlgorithm } from '../../crypto/index.ts';

/** A private key, and the public JWK that the JWKS shows. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  /** Not extractable. */
  readonly privateKey: CryptoKey;
  /** `kid`, `alg`, `use: 'sig'` and the public members; nothing private. */
  readonly publicJwk: JWK;
}

/**
 * Generates a private key as a JWK. Store it where only the issuer can read it.
 *
 * @returns the private JWK with `alg`, `use: 'sig'` and `kid`, the key's thumbprint (RFC 7638). RSA keys have 2048 bits.
 */
export async function generateSigningJwk(alg: SigningAlgorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' };
}

/**
 * Imports a private JWK of `generateSigningJwk` for signing.
 *
 * @throws AuthError `config_invalid` when it isn't a private key with `kid` and an asymmetric `alg`, or can't be imported.
 */
export async function importSigningKey(privateJwk: JWK): Promise<SigningKey> {
  const { kid, alg } = privateJwk;
  if (typeof privateJwk.d !== 'string' || typeof kid !== 'string' || kid === '' || !isSigningAlgorithm(alg)) {
    throw authError('config_invalid', 'a signing key must be a private JWK with kid and an asymmetric alg');
  }
  const privateKey = await importPrivateKey(privateJwk, alg);
  return { kid, alg, privateKey, publicJwk: { ...publicMembers(privateJwk), kid, alg, use: 'sig' } };
}

/** The crypto engine's own message would name neither the setting nor the fix. */
async function importPrivateKey(privateJwk: JWK, alg: SigningAlgorithm): Promise<CryptoKey> {
  const key = await importJWK(privateJwk, alg, { extractable: false }).catch((cause: unknown) => {
    const message = `a signing key can't be opened: its members don't make a private ${alg} key; restore or replace it`;
    throw authError('config_invalid', message, { cause });
  });
  if (key instanceof Uint8Array) throw authError('config_invalid', 'a signing key must be asymmetric');
  adoptKey(key, privateJwk);
  return key;
}

/** The members of a public key (RFC 7518 §6, RFC 8037 §2), copied one by one, so that no private member can slip through. */
export function publicMembers({ kty, crv, x, y, n, e }: JWK): JWK {
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members);
}
