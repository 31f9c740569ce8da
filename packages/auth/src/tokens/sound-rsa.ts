import type { JWK } from 'jose';
import { fromBase64url } from '../foundation/index.ts';
import { isRoca } from './roca.ts';

/** RFC 7518 §3.3 asks for 2048; no WebCrypto verifies with more than 16384, and none of it has to be looked at. */
const MIN_BITS = 2048;
const MAX_BITS = 16_384;

/**
 * Whether an RSA key is one that nobody but its owner can sign for.
 *
 * @throws when `n` or `e` is no base64url (RFC 7518 §6.3.1).
 */
export function isSoundRsa({ n = '', e = '' }: JWK): boolean {
  if (n.length > MAX_BITS / 6 + 1) return false;
  const modulus = toInteger(n);
  const bits = modulus.toString(2).length;
  return bits >= MIN_BITS && bits <= MAX_BITS && isSoundExponent(toInteger(e)) && !isRoca(modulus);
}

/**
 * RFC 8017 §3.1: odd, and at least 3. With e = 1 every padded hash is its own signature, and an even e has no private
 * key. FIPS 186-5 wants 65537 or more, against verifiers that pass over wrong padding (e = 3, Bleichenbacher 2006);
 * those of WebCrypto compare all of it, and RFC 7518 allows such keys.
 */
function isSoundExponent(exponent: bigint): boolean {
  return exponent >= 3n && exponent % 2n === 1n;
}

/** Base64urlUInt (RFC 7518 §2): big-endian. */
function toInteger(text: string): bigint {
  const hex = Array.from(fromBase64url(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x${hex}`);
}
