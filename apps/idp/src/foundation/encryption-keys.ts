import { randomBytes } from 'node:crypto';

/** Keys of 32 bytes for AES-256. The first seals, all open. */
export type EncryptionKeys = readonly [Uint8Array, ...Uint8Array[]];

const KEY_BYTES = 32;
const RULE = `is a list with commas between keys of ${KEY_BYTES} random bytes in base64url`;

/**
 * Reads keys with commas or line breaks between them.
 *
 * @throws Error that says how keys look, and repeats none.
 */
export function parseEncryptionKeys(text: string): EncryptionKeys {
  const [first, ...others] = text.split(/[\s,]+/).filter((part) => part !== '');
  return [parseKey(first), ...others.map(parseKey)];
}

function parseKey(text = ''): Uint8Array {
  const bytes = Buffer.from(text, 'base64url');
  // The decoder skips what it doesn't know; a key that reads otherwise than it is spelt is not what was meant.
  if (bytes.length !== KEY_BYTES || bytes.toString('base64url') !== text) throw new Error(RULE);
  return bytes;
}

/** A new key, as `parseEncryptionKeys` reads it. */
export function newEncryptionKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}
