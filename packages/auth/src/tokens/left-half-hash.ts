import { toBase64url } from '../foundation/index.ts';
import { parametersOf, type SigningAlgorithm } from './algorithms.ts';

/**
 * `at_hash` or `c_hash`: the left half of a digest, base64url. The ID token's algorithm decides which digest.
 *
 * @param value the access token or code, ASCII.
 * @see OIDC Core §3.1.3.6; for EdDSA with Ed25519 the digest is SHA-512
 */
export async function leftHalfHash(value: string, alg: SigningAlgorithm): Promise<string> {
  const digest = await crypto.subtle.digest(parametersOf(alg).digest, new TextEncoder().encode(value));
  return toBase64url(new Uint8Array(digest.slice(0, digest.byteLength / 2)));
}
