/**
 * One form per passphrase, for choosing, hashing and checking alike: canonical composition, and every kind of space
 * a plain one (RFC 8265 §4.2.2, OpaqueString). So a passphrase typed with another keyboard is the same one. NFC and
 * not NFKC: nothing that looks different becomes the same, and nothing is trimmed, folded or cut off.
 */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC').replace(/\p{Zs}/gu, ' ');
}
