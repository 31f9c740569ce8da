import { randomUUID } from 'node:crypto';
import { generateSigningJwk, importSigningKey, type SigningKey } from '@sso/auth/tokens';
import { SignJWT } from 'jose';

/** The key pair of the test client `signer`; a new one in every process. */
export const signerKey: SigningKey = await importSigningKey(await generateSigningJwk('ES256'));

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the client `signer` sends in place of a secret (RFC 7523 §2.2). */
export async function assertionForm(
  now: number,
  claims: Record<string, unknown> = {},
  key = signerKey,
): Promise<Record<string, string>> {
  const right = { iss: 'signer', sub: 'signer', aud: 'https://id.example', jti: randomUUID() };
  const assertion = new SignJWT({ ...right, iat: now, exp: now + 60, ...claims });
  const header = { alg: key.alg, kid: key.kid, typ: 'JWT' };
  return {
    client_assertion_type: JWT_BEARER,
    client_assertion: await assertion.setProtectedHeader(header).sign(key.privateKey),
  };
}
