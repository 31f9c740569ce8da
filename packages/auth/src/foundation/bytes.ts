/** Base64url without padding (RFC 4648 §5, RFC 7515 §2). */
export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Decodes base64url strictly: padding, whitespace, `+`, `/` and set unused bits are refused. So each byte string has
 * exactly one spelling, and a token can't be altered without altering its bytes (RFC 4648 §3.5).
 *
 * @throws TypeError for anything else.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!isBase64url(text)) throw new TypeError('not strict base64url (RFC 7515 §2)');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Whether a text is strict base64url; the empty text is. Takes time linear in its length. */
export function isBase64url(text: string): boolean {
  if (!/^[\w-]*$/.test(text)) return false;
  const tail = text.length % 4;
  if (tail === 0) return true;
  const last = BASE64URL.indexOf(text.slice(-1));
  // Two characters carry 8 bits and leave 4 unused, three carry 16 and leave 2: those must be zero.
  return (tail === 2 && (last & 0b1111) === 0) || (tail === 3 && (last & 0b11) === 0);
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A new unguessable value: base64url of so many random bytes. 16 bytes are 128 bits of entropy (ASVS 11.5.1). */
export function randomId(bytes = 16): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** Compares two texts in a time that depends on their lengths only, so that an attacker can't find the value byte by byte. */
export function equalInConstantTime(left: string, right: string): boolean {
  const [a, b] = [new TextEncoder().encode(left), new TextEncoder().encode(right)];
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
