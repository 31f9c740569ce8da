import { exportSPKI, importJWK } from 'jose';
import { fromBase64url } from '../../foundation/index.ts';
import type { SigningAlgorithm, SigningKey } from '../../tokens/index.ts';
import type { ForgeryRow } from './forge.ts';
import { createTestKey } from '../issuer/test-key-ring.ts';

/** Tokens signed by somebody else who tries to pass as the issuer (T-02, T-04, T-09). */
export async function forgedKeyRows(own: SigningKey): Promise<readonly ForgeryRow[]> {
  return [
    ...(await confusionRows(own)),
    ...claimedRows(own.alg),
    ...(await otherTypeRows(own.alg)),
    ...foreignRows(own.kid, await createTestKey(own.alg)),
  ];
}

const known: readonly SigningAlgorithm[] = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
];

/** Any algorithm but the configured one, claimed over a right signature (RFC 8725 §3.1). */
function claimedRows(own: SigningAlgorithm): readonly ForgeryRow[] {
  return [...known.filter((alg) => alg !== own), 'ES256K', own.toLowerCase()].map((alg) => [
    `T-04 alg ${alg} claimed under our kid`,
    { header: { alg } },
    'token_algorithm',
  ]);
}

const isRsa = (alg: string) => /^[RP]S/.test(alg);

/** Signatures of another type of key, under its own name and under ours. */
async function otherTypeRows(own: SigningAlgorithm): Promise<readonly ForgeryRow[]> {
  const other = await createTestKey(isRsa(own) ? 'ES256' : 'RS256');
  const names = isRsa(own) ? ['ES256', 'ES384'] : ['RS256', 'RS384', 'PS256'];
  const rows = names.map((alg): ForgeryRow => {
    const forgery = { header: { alg }, signer: other };
    return [`T-04 ${alg} signed by an ${other.alg} key under our kid`, forgery, 'token_algorithm'];
  });
  return [
    ...rows,
    [`T-04 our alg claimed, ${other.alg} signature under our kid`, { signer: other }, 'token_signature'],
  ];
}

/** A key of the right type that the issuer doesn't know, and headers that would bring it along (RFC 8725 §3.10). */
function foreignRows(kid: string, foreign: SigningKey): readonly ForgeryRow[] {
  const jwk = { ...foreign.publicJwk, kid };
  const headers: readonly (readonly [what: string, header: Readonly<Record<string, unknown>>])[] = [
    ['foreign key under our kid', {}],
    ['foreign key in jwk', { jwk }],
    ['foreign key behind jku', { jku: 'https://evil.example/jwks' }],
    ['foreign key behind x5u', { x5u: 'https://evil.example/x5u' }],
    ['foreign certificate in x5c', { x5c: ['MIIB'], x5t: 'x' }],
  ];
  return [
    ...headers.map(([what, header]): ForgeryRow => [
      `T-09 ${what}`,
      { header, signer: foreign },
      'token_signature',
    ]),
    [
      'T-09 foreign key in jwk, its own kid',
      { header: { jwk, kid: foreign.kid }, signer: foreign },
      'token_key_unknown',
    ],
  ];
}

/** The public key, which everybody has, used as the secret of an HMAC (RFC 8725 §2.1). */
async function confusionRows({ alg, publicJwk }: SigningKey): Promise<readonly ForgeryRow[]> {
  const pem = await exportPem(publicJwk, alg);
  const der = Uint8Array.from(atob(pem.replaceAll(/-----[^-]+-----|\s/g, '')), (byte) => byte.charCodeAt(0));
  const secrets: readonly (readonly [what: string, secret: string | Uint8Array])[] = [
    ['T-02 HS256 with the public JWK as secret', JSON.stringify(publicJwk)],
    ['T-02 HS256 with the public PEM as secret', pem],
    ['T-02 HS256 with the public DER as secret', der],
    ['T-02 HS256 with the public number as secret', fromBase64url(publicJwk.x ?? publicJwk.n ?? 'AA')],
    ['T-03 HS256 with the client secret', 'app-secret'],
  ];
  return [
    ...secrets.map(([what, secret]): ForgeryRow => [
      what,
      { header: { alg: 'HS256' }, signer: { secret } },
      'token_algorithm',
    ]),
    ['T-02 our alg claimed over an HMAC', { signer: { secret: pem } }, 'token_signature'],
  ];
}

async function exportPem(publicJwk: SigningKey['publicJwk'], alg: SigningAlgorithm): Promise<string> {
  const key = await importJWK(publicJwk, alg, { extractable: true });
  if (key instanceof Uint8Array) throw new TypeError('a signing key must be asymmetric');
  return exportSPKI(key);
}
