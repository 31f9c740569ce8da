import { importJWK, type CryptoKey, type JWK } from 'jose';
import { findAlgorithm, parametersOf, type SigningAlgorithm } from '../../crypto/index.ts';
import { isSecureRsaKey } from './secure-rsa-key.ts';
import { publicMembers } from './signing-keys.ts';

/** Whether the members are those of a public key that verifies signatures (RFC 7517 §4). */
export function isVerificationJwk(jwk: Record<string, unknown>): jwk is JWK {
  return (
    ['EC', 'RSA', 'OKP'].includes(String(jwk['kty'])) &&
    (jwk['use'] === undefined || jwk['use'] === 'sig') &&
    (jwk['key_ops'] === undefined || (Array.isArray(jwk['key_ops']) && jwk['key_ops'].includes('verify'))) &&
    (jwk['kid'] === undefined || typeof jwk['kid'] === 'string')
  );
}

/** Whether the key is of the algorithm's type, and names that algorithm or none (RFC 7517 §4.4). */
export function isForAlgorithm(jwk: JWK, algorithm: SigningAlgorithm): boolean {
  const { kty, crv } = parametersOf(algorithm);
  if (jwk.kty !== kty || (crv !== undefined && jwk.crv !== crv)) return false;
  return jwk.alg === undefined || findAlgorithm(jwk.alg) === algorithm;
}

/** Treats a key as absent when it can't be imported (not on the curve, truncated), or when others can sign for it. */
export async function importPublicKey(jwk: JWK, algorithm: SigningAlgorithm): Promise<CryptoKey | undefined> {
  try {
    if (jwk.kty === 'RSA' && !isSecureRsaKey(jwk)) return undefined;
    const key = await importJWK(publicMembers(jwk), algorithm);
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
