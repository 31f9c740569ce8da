import { fromBase64url } from '../foundation/index.ts';
import type { ForgeryRow } from './forge.ts';
import type { TestIssuer } from './test-issuer.ts';
import { createTestKey } from './test-key-ring.ts';

/** Tokens signed by somebody else who tries to pass as the issuer (T-02, T-04, T-09). */
export async function forgedKeyRows(issuer: TestIssuer): Promise<readonly ForgeryRow[]> {
  const { kid } = issuer.keys.signer();
  const foreign = await createTestKey();
  const rsa = await createTestKey('RS256');
  const jwk = { ...foreign.publicJwk, kid };
  return [
    ...(await confusionRows(issuer)),
    [
      'T-04 RS384 signed by an RSA key under our kid',
      { header: { alg: 'RS384' }, signer: rsa },
      'token_algorithm',
    ],
    [
      'T-04 PS256 signed by an RSA key under our kid',
      { header: { alg: 'PS256' }, signer: rsa },
      'token_algorithm',
    ],
    ['T-04 ES256 claimed, RSA signature under our kid', { signer: rsa }, 'token_signature'],
    ['T-09 foreign key under our kid', { signer: foreign }, 'token_signature'],
    ['T-09 foreign key in jwk', { header: { jwk }, signer: foreign }, 'token_signature'],
    [
      'T-09 foreign key in jwk, its own kid',
      { header: { jwk, kid: foreign.kid }, signer: foreign },
      'token_key_unknown',
    ],
    [
      'T-09 foreign key behind jku',
      { header: { jku: 'https://evil.example/jwks' }, signer: foreign },
      'token_signature',
    ],
    [
      'T-09 foreign key behind x5u',
      { header: { x5u: 'https://evil.example/x5u' }, signer: foreign },
      'token_signature',
    ],
    [
      'T-09 foreign certificate in x5c',
      { header: { x5c: ['MIIB'], x5t: 'x' }, signer: foreign },
      'token_signature',
    ],
  ];
}

/** The public key, which everybody has, used as the secret of an HMAC (RFC 8725 §2.1). */
async function confusionRows(issuer: TestIssuer): Promise<readonly ForgeryRow[]> {
  const { publicJwk } = issuer.keys.signer();
  const header = { alg: 'HS256' };
  const spki = await exportSpki(publicJwk);
  const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`;
  return [
    [
      'T-02 HS256 with the public JWK as secret',
      { header, signer: { secret: JSON.stringify(publicJwk) } },
      'token_algorithm',
    ],
    ['T-02 HS256 with the public PEM as secret', { header, signer: { secret: pem } }, 'token_algorithm'],
    ['T-02 HS256 with the public DER as secret', { header, signer: { secret: spki } }, 'token_algorithm'],
    [
      'T-02 HS256 with the x coordinate as secret',
      { header, signer: { secret: fromBase64url(publicJwk.x ?? 'AA') } },
      'token_algorithm',
    ],
    ['T-02 our alg claimed over an HMAC', { signer: { secret: pem } }, 'token_signature'],
    ['T-03 HS256 with the client secret', { header, signer: { secret: 'app-secret' } }, 'token_algorithm'],
  ];
}

async function exportSpki(jwk: JsonWebKey): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'verify',
  ]);
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}
