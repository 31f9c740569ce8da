import type { HashName } from './algorithms.ts';
import { engine } from './chosen-engine.ts';

/** SHA-256 of a text's UTF-8 bytes, base64url. */
export async function sha256Base64url(text: string): Promise<string> {
  return engine.toBase64url(await engine.digest('SHA-256', text));
}

/** HMAC with SHA-256 of a text's UTF-8 bytes, base64url. @param key 32 bytes at least */
export async function macBase64url(key: Uint8Array, text: string): Promise<string> {
  return engine.toBase64url(await engine.mac(key, text));
}

/** The left half of a digest, base64url: the form of `at_hash` and `c_hash` (OIDC Core §3.1.3.6). */
export async function leftHalfOfDigest(hash: HashName, text: string): Promise<string> {
  const digest = await engine.digest(hash, text);
  return engine.toBase64url(digest.subarray(0, digest.length / 2));
}
