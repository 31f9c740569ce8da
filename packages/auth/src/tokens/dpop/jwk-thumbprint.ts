import { sha256Base64url } from '../../crypto/index.ts';
import type { JWK } from 'jose';

/** The members that make each kind of public key, in the order of the digest (RFC 7638 §3.2, RFC 8037 §2). */
const THUMBPRINT_MEMBERS: Readonly<Record<string, readonly (keyof JWK)[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/**
 * The SHA-256 thumbprint of a public key, base64url: `jkt` (RFC 7638, RFC 9449 §6.1). Other members don't change it.
 *
 * @throws TypeError when the key is neither EC, OKP nor RSA
 */
export function jwkThumbprint(jwk: JWK): Promise<string> {
  const members = THUMBPRINT_MEMBERS[jwk.kty ?? ''];
  if (!members) throw new TypeError('a thumbprint is of an EC, OKP or RSA key');
  return sha256Base64url(JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]]))));
}
