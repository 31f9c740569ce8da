import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';

/** A new unguessable value: base64url of that many random bytes; 16 bytes are 128 bits of entropy (ASVS 11.5.1). */
export function randomId(bytes = 16): string {
  if (bytes > unused.length) unused = randomFillSync(Buffer.alloc(Math.max(bytes, POOL_BYTES)));
  const taken = unused.subarray(0, bytes);
  unused = unused.subarray(bytes);
  const id = taken.toString('base64url');
  // Whoever reads this memory later finds no value that was handed out.
  taken.fill(0);
  return id;
}

/** The system's generator costs about as much for many bytes as for a few. */
const POOL_BYTES = 4096;

/** Random bytes that nobody has got yet. */
let unused = Buffer.alloc(0);

/** SHA-256 as base64url: how secrets of high entropy are stored and compared. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Compares two values of equal length in constant time; hashes, that is, not secrets of unknown length. */
export function equalHashes(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
