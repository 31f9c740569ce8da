import { encodeText, signText } from '../crypto/index.ts';
import type { AccessTokenClaims, IdTokenClaims, LogoutTokenClaims, SecurityEventClaims } from './claims.ts';
import type { SigningKey } from './keys/signing-keys.ts';

/** Signs an ID token, `typ: JWT` (OIDC Core §2). Claims are signed as given: the issuer decides them. */
export function signIdToken(claims: IdTokenClaims, key: SigningKey): Promise<string> {
  return sign(claims, 'JWT', key);
}

/** Signs an access token, `typ: at+jwt` (RFC 9068 §2.1). */
export function signAccessToken(claims: AccessTokenClaims, key: SigningKey): Promise<string> {
  return sign(claims, 'at+jwt', key);
}

/** Signs a logout token, `typ: logout+jwt` (OIDC Back-Channel Logout 1.0 §2.4). */
export function signLogoutToken(claims: LogoutTokenClaims, key: SigningKey): Promise<string> {
  return sign(claims, 'logout+jwt', key);
}

/** Signs a security event token, `typ: secevent+jwt` (RFC 8417 §2.3). */
export function signSecurityEvent(claims: SecurityEventClaims, key: SigningKey): Promise<string> {
  return sign(claims, 'secevent+jwt', key);
}

/** The explicit `typ` keeps a token of one kind from being accepted as another (RFC 8725 §3.11). */
async function sign(claims: object, typ: string, { alg, kid, privateKey }: SigningKey): Promise<string> {
  const text = `${encodeText(JSON.stringify({ alg, typ, kid }))}.${encodeText(JSON.stringify(claims))}`;
  return `${text}.${await signText(alg, privateKey, text)}`;
}
