import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new unguessable value: base64url of that many random bytes; 16 bytes are 128 bits of entropy (ASVS 11.5.1). */
export function randomId(bytes = 16): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256 as base64url: how secrets of high entropy are stored and compared. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Compares two values of equal length in constant time; hashes, that is, not secrets of unknown length. */
export function equalHashes(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
