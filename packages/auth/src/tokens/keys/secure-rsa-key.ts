import type { JWK } from 'jose';
import { fromBase64url } from '../../foundation/index.ts';
import { isRoca } from './roca.ts';

/** RFC 7518 §3.3 requires 2048 bits. WebCrypto engines verify with 16384 at most, so longer keys aren't even decoded. */
const MIN_BITS = 2048;
const MAX_BITS = 16_384;

/**
 * Whether only the owner of an RSA key can sign with it, as far as its public members show.
 *
 * @throws TypeError when `n` or `e` isn't base64url (RFC 7518 §6.3.1)
 */
export function isSecureRsaKey({ n = '', e = '' }: JWK): boolean {
  if (n.length > MAX_BITS / 6 + 1) return false;
  const modulus = toInteger(n);
  const bits = modulus.toString(2).length;
  return bits >= MIN_BITS && bits <= MAX_BITS && isSecureExponent(toInteger(e)) && !isRoca(modulus);
}

/**
 * RFC 8017 §3.1: odd, and at least 3. With e = 1 every padded hash is its own signature, and an even e has no private
 * key. FIPS 186-5 requires 65537 or more because of verifiers that ignore wrong padding (e = 3, Bleichenbacher 2006).
 * WebCrypto compares the whole padding, and RFC 7518 allows such keys, so they are accepted here.
 */
function isSecureExponent(exponent: bigint): boolean {
  return exponent >= 3n && exponent % 2n === 1n;
}

/** Base64urlUInt (RFC 7518 §2): big-endian. */
function toInteger(text: string): bigint {
  const hex = Array.from(fromBase64url(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x${hex}`);
}
