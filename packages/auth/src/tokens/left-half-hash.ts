import { leftHalfOfDigest, parametersOf, type SigningAlgorithm } from '../crypto/index.ts';

/**
 * `at_hash` or `c_hash`: the left half of a digest, base64url. The ID token's algorithm decides which digest.
 *
 * @param value the access token or code, ASCII.
 * @see OIDC Core §3.1.3.6; for EdDSA with Ed25519 the digest is SHA-512
 */
export function leftHalfHash(value: string, alg: SigningAlgorithm): Promise<string> {
  return leftHalfOfDigest(parametersOf(alg).digest, value);
}
