import { exportJWK, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../foundation/index.ts';
import { createTestKey, forge } from '../../testing/index.ts';
import { createLocalKeys, verifyAccessToken, type SigningAlgorithm, type SigningKey } from '../index.ts';
import { fromHex, toHex } from '../../testing/forgeries/raw-rsa-signature.ts';

// The ideas of Wycheproof's ecdsa (P1363) and JWK vectors, made here.

const NOW = 1_800_000_000;
const names = { issuer: 'https://id.example', audience: 'https://api.example' };
const times = { iat: NOW, exp: NOW + 60 };
const claims = { iss: names.issuer, aud: names.audience, sub: 'ada', client_id: 'app', jti: 'j', ...times };
const ec = await createTestKey('ES256');
const otherEc = await createTestKey('ES256');
const rsa = await createTestKey('RS256');
const ed = await createTestKey('EdDSA');
const strangers = { p384: await createTestKey('ES384'), p521: await createTestKey('ES512') };

const tokenBy = (signer: SigningKey, header: object = {}) =>
  forge({ header: { alg: signer.alg, typ: 'at+jwt', kid: signer.kid, ...header }, claims, signer });

const verify = (token: string, keys: readonly object[], algorithms: readonly SigningAlgorithm[]) =>
  verifyAccessToken(token, { ...names, algorithms, keys: createLocalKeys({ keys }), clock: () => NOW });

/** P-256 (FIPS 186-5): its field and its order. */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const WORD = 1n << 256n;

interface Halves {
  readonly r: bigint;
  readonly s: bigint;
}

type Change = (right: Halves) => Halves & { readonly bytes?: number };

const scalarRows: readonly (readonly [what: string, change: Change])[] = [
  ['r + n, 33 bytes a half', ({ r, s }) => ({ r: r + N, s, bytes: 33 })],
  ['s + n, 33 bytes a half', ({ r, s }) => ({ r, s: s + N, bytes: 33 })],
  ['r + 2^256, 33 bytes a half', ({ r, s }) => ({ r: r + WORD, s, bytes: 33 })],
  ['s + 2^256, 33 bytes a half', ({ r, s }) => ({ r, s: s + WORD, bytes: 33 })],
  ['right halves of 33 bytes', ({ r, s }) => ({ r, s, bytes: 33 })],
  ['right halves of 48 bytes, as ES384 has them', ({ r, s }) => ({ r, s, bytes: 48 })],
  ['r + n, cut to 32 bytes', ({ r, s }) => ({ r: (r + N) % WORD, s })],
  ['s + n, cut to 32 bytes', ({ r, s }) => ({ r, s: (s + N) % WORD })],
  ['n - r', ({ r, s }) => ({ r: N - r, s })],
  ['2^256 - r', ({ r, s }) => ({ r: WORD - r, s })],
  ['2^256 - s', ({ r, s }) => ({ r, s: WORD - s })],
  ['the halves swapped', ({ r, s }) => ({ r: s, s: r })],
  ...[0n, 1n, N - 1n, N, N + 1n, P, WORD - 1n].flatMap((value) => [
    [`a right r and s = ${value.toString(16)}`, ({ r }: Halves) => ({ r, s: value })] as const,
    [`a right s and r = ${value.toString(16)}`, ({ s }: Halves) => ({ r: value, s })] as const,
  ]),
];

function changed(token: string, change: Change): string {
  const [header, payload, signature = ''] = token.split('.');
  const hex = toHex(fromBase64url(signature));
  const right = { r: BigInt(`0x${hex.slice(0, 64)}`), s: BigInt(`0x${hex.slice(64)}`) };
  const { r, s, bytes = 32 } = change(right);
  const halves = [r, s].map((half) => half.toString(16).padStart(2 * bytes, '0'));
  return `${header}.${payload}.${toBase64url(fromHex(halves.join('')))}`;
}

describe('ES256 (RFC 7518 §3.4)', () => {
  it('is accepted with the very halves that were signed', async () => {
    const token = changed(await tokenBy(ec), (right) => right);
    await expect(verify(token, [ec.publicJwk], ['ES256'])).resolves.toEqual(claims);
  });

  it.each(scalarRows)('G4 T-31 is refused with %s', async (_what, change) => {
    const token = changed(await tokenBy(ec), change);
    await expect(verify(token, [ec.publicJwk], ['ES256'])).rejects.toMatchObject({ code: 'token_signature' });
  });

  it.each(Object.entries(strangers))('G4 T-04 is refused with a signature of %s', async (_curve, signer) => {
    const token = await tokenBy(signer, { alg: 'ES256', kid: ec.kid });
    await expect(verify(token, [ec.publicJwk], ['ES256'])).rejects.toMatchObject({ code: 'token_signature' });
  });
});

const everyAlgorithm: readonly SigningAlgorithm[] = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'];
const oct = (kid: string) => ({ kty: 'oct', kid, k: toBase64url(new Uint8Array(32)) });
const short = await shortRsa();

/** An RSA key of 1024 bits that really signed a token (RFC 7518 §3.3 asks for 2048). */
async function shortRsa() {
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024 };
  const algorithm = { ...parameters, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'short' };
  return { kid: 'short', alg: 'RS256', privateKey: pair.privateKey, publicJwk } satisfies SigningKey;
}

type JwkRow = readonly [what: string, signer: SigningKey, publish: (right: JWK) => readonly object[]];

const acceptedRows: readonly JwkRow[] = [
  ['an EC key as it is', ec, (jwk) => [jwk]],
  ['an RSA key as it is', rsa, (jwk) => [jwk]],
  ['an Ed25519 key as it is', ed, (jwk) => [jwk]],
  ['a key that says what it is for', ec, (jwk) => [{ ...jwk, use: 'sig', key_ops: ['verify'] }]],
  ['T-02 a key beside a secret of the same kid', ec, (jwk) => [oct(ec.kid), jwk]],
  ['T-08 a key beside an encryption key of the same kid', ec, (jwk) => [{ ...jwk, use: 'enc' }, jwk]],
];

const off = (text = '') => toBase64url(fromBase64url(text).map((byte, at) => (at === 31 ? byte ^ 1 : byte)));
const zeros = toBase64url(new Uint8Array(32));

const refusedRows: readonly JwkRow[] = [
  ['use enc', ec, (jwk) => [{ ...jwk, use: 'enc' }]],
  ['use enc of an RSA key', rsa, (jwk) => [{ ...jwk, use: 'enc' }]],
  ['key_ops encrypt', rsa, (jwk) => [{ ...jwk, key_ops: ['encrypt'] }]],
  ['key_ops of a key agreement', ec, (jwk) => [{ ...jwk, key_ops: ['deriveKey', 'deriveBits'] }]],
  ['key_ops that is no list', ec, (jwk) => [{ ...jwk, key_ops: 'verify' }]],
  ['an EC curve under kty OKP', ec, (jwk) => [{ ...jwk, kty: 'OKP' }]],
  ['an EC curve under kty RSA', ec, (jwk) => [{ ...jwk, kty: 'RSA' }]],
  ['an Ed25519 curve under kty EC', ed, (jwk) => [{ ...jwk, kty: 'EC' }]],
  ['an RSA key under kty EC', rsa, (jwk) => [{ ...jwk, kty: 'EC', crv: 'P-256' }]],
  ['kty in lower case', ec, (jwk) => [{ ...jwk, kty: 'ec' }]],
  ['crv of P-384', ec, (jwk) => [{ ...jwk, crv: 'P-384' }]],
  ['crv secp256k1', ec, (jwk) => [{ ...jwk, crv: 'secp256k1' }]],
  ['crv X25519', ed, (jwk) => [{ ...jwk, crv: 'X25519' }]],
  ['crv missing', ec, ({ crv: _crv, ...jwk }) => [jwk]],
  ['a point off the curve', ec, (jwk) => [{ ...jwk, y: off(jwk.y) }]],
  ['the point (0, 0)', ec, (jwk) => [{ ...jwk, x: zeros, y: zeros }]],
  ['x = p', ec, (jwk) => [{ ...jwk, x: toBase64url(fromHex(P.toString(16))) }]],
  ['half of a point', ec, ({ y: _y, ...jwk }) => [jwk]],
  ['a coordinate cut short', ec, (jwk) => [{ ...jwk, x: jwk.x?.slice(0, 40) }]],
  ...['ES224', 'ES384', 'ES521', 'ES256K', 'RS256', 'HS256', 'none', 'ECDH-ES'].map((alg): JwkRow => [
    `T-04 alg ${alg} of an EC key`,
    ec,
    (jwk) => [{ ...jwk, alg }],
  ]),
  ...['RS384', 'PS256', 'RSA-OAEP', 'HS256'].map((alg): JwkRow => [
    `T-04 alg ${alg} of an RSA key`,
    rsa,
    (jwk) => [{ ...jwk, alg }],
  ]),
  ['an RSA key of 1024 bits', short, (jwk) => [jwk]],
  ...['AA', 'AQ', 'Ag', 'AQAA'].map((e): JwkRow => [
    `an RSA key with e = ${e}`,
    rsa,
    (jwk) => [{ ...jwk, e }],
  ]),
  ['an RSA key without e', rsa, ({ e: _e, ...jwk }) => [jwk]],
  ['T-08 two keys of one kid', ec, (jwk) => [jwk, { ...otherEc.publicJwk, kid: ec.kid }]],
  ['T-02 a secret of that kid alone', ec, () => [oct(ec.kid)]],
  ['T-02 a secret made of the public point', ec, (jwk) => [{ ...oct(ec.kid), k: jwk.x, crv: 'P-256' }]],
];

describe('a published key', () => {
  it.each(acceptedRows)('is taken: %s', async (_what, signer, publish) => {
    const verified = verify(await tokenBy(signer), publish(signer.publicJwk), everyAlgorithm);
    await expect(verified).resolves.toEqual(claims);
  });

  it.each(refusedRows)('G4 is passed over: %s', async (_what, signer, publish) => {
    const verified = verify(await tokenBy(signer), publish(signer.publicJwk), everyAlgorithm);
    await expect(verified).rejects.toMatchObject({ code: 'token_key_unknown' });
  });
});
