import { exportJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { sha256Base64url } from '../../crypto/index.ts';
import { createTestKey, forge, type Forgery } from '../../testing/index.ts';
import {
  createDpopNonces,
  createDpopProof,
  createDpopProofKeys,
  generateDpopKey,
  generateSigningJwk,
  jwkThumbprint,
  type SigningAlgorithm,
  type SigningKey,
  verifyDpopProof,
  type VerifyDpopProofOptions,
} from '../index.ts';
import { publicMembers } from '../keys/signing-keys.ts';

const NOW = 1_800_000_000;
const clock = () => NOW;
const request = { method: 'POST', url: 'https://id.example/token' };
const algorithms: readonly SigningAlgorithm[] = ['ES256', 'PS256', 'RS256', 'EdDSA'];
const accessToken = 'eyJ.an.access-token';
const ath = await sha256Base64url(accessToken);
const nonces = createDpopNonces({ secrets: ['s'.repeat(32)], server: 'https://id.example', clock });
const nonce = await nonces.current();

const key = await generateDpopKey();
const privateJwk = await generateSigningJwk('ES256');
const stranger = await generateDpopKey();
const rsa = await createTestKey('RS256');
const ed = await createTestKey('EdDSA');
const p384 = await createTestKey('ES384');
const short = await shortRsa();

async function shortRsa(): Promise<SigningKey> {
  const hash = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const size = { modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey({ ...hash, ...size }, true, ['sign', 'verify']);
  return { kid: '', alg: 'RS256', privateKey: pair.privateKey, publicJwk: await exportJWK(pair.publicKey) };
}

const jwk = publicMembers(key.publicJwk);
const right = {
  header: { typ: 'dpop+jwt', alg: 'ES256', jwk },
  claims: { jti: 'jti-1', htm: 'POST', htu: request.url, iat: NOW, ath, nonce },
  signer: key,
};
const by = (signer: SigningKey, alg: string = signer.alg): Forgery => ({
  header: { alg, jwk: publicMembers(signer.publicJwk) },
  signer,
});
const verify = (proof: string | null | undefined, options: Partial<VerifyDpopProofOptions> = {}) =>
  verifyDpopProof(proof, { ...request, algorithms, accessToken, nonces, clock, ...options });

const proof = await forge(right);

/** What is wrong with the proof, and a part of the message that says so. */
type Row = readonly [what: string, forgery: Forgery, message: RegExp];

const headerRows: readonly Row[] = [
  ['§4.3(4) no typ', { header: { typ: undefined } }, /no typ/],
  ['§4.3(4) typ JWT', { header: { typ: 'JWT' } }, /typ "JWT"/],
  ['§4.3(4) T-12 typ at+jwt', { header: { typ: 'at+jwt' } }, /at\+jwt/],
  ['§4.3(5) T-01 alg none', { header: { alg: 'none' }, signer: 'nobody' }, /alg "none"/],
  ['§4.3(5) T-02 a symmetric alg', { header: { alg: 'HS256' }, signer: { secret: 'x' } }, /alg "HS256"/],
  ['§4.3(5) an alg that is not allowed here', by(p384), /alg "ES384"/],
  ['§4.3(5) T-04 an alg of another kind of key', { header: { alg: 'RS256' } }, /not a public key/],
  ['§4.3(6) another key’s signature', { signer: stranger }, /signature/],
  ['§4.3(6) no signature', { signer: 'nobody' }, /signature/],
  ['§4.3(6) signed by jwk with another algorithm', by(rsa, 'PS256'), /signature/],
  ['D-02 §4.3(7) a private jwk', { header: { jwk: { ...jwk, d: privateJwk.d } } }, /private or symmetric/],
  ['§4.3(7) a jwk whose d is null', { header: { jwk: { ...jwk, d: null } } }, /private or symmetric/],
  ['§4.3(7) T-02 a symmetric jwk', { header: { jwk: { kty: 'oct', k: 'AA' } } }, /private or symmetric/],
  ['§4.2 no jwk', { header: { jwk: undefined } }, /names no key/],
  ['§4.2 a kid in place of jwk', { header: { jwk: undefined, kid: key.kid } }, /names no key/],
  ['§4.2 a jwk that is text', { header: { jwk: JSON.stringify(jwk) } }, /names no key/],
  ['§4.2 a jwk that is a list', { header: { jwk: [jwk] } }, /names no key/],
  ['a jwk without kty', { header: { jwk: { ...jwk, kty: undefined } } }, /not a public key/],
  ['a jwk for encryption', { header: { jwk: { ...jwk, use: 'enc' } } }, /not a public key/],
  ['a jwk of another curve', { header: { jwk: { ...jwk, crv: 'P-384' } } }, /not a public key/],
  ['a jwk off its curve', { header: { jwk: { ...jwk, x: jwk.y, y: jwk.x } } }, /no key at all/],
  ['a jwk with half of a point', { header: { jwk: { ...jwk, y: undefined } } }, /no key at all/],
  ['T-29 a jwk in another spelling', { header: { jwk: { ...jwk, x: `${jwk.x}=` } } }, /base64url/],
  ['an RSA jwk of 1024 bits', by(short), /too weak/],
  ['an RSA jwk with exponent 1', { header: { alg: 'RS256', jwk: { ...rsa.publicJwk, e: 'AQ' } } }, /weak/],
  ['T-10 crit', { header: { crit: ['exp'] } }, /crit/],
  ['T-11 b64', { header: { b64: false } }, /b64/],
  ['T-28 a header with a member twice', { headerText: (text) => text.replace('{', '{"typ":1,') }, /once/],
];

const claimRows: readonly Row[] = [
  ['§4.3(3) no jti', { claims: { jti: undefined } }, /claim jti/],
  ['§4.3(3) an empty jti', { claims: { jti: '' } }, /claim jti/],
  ['§4.3(3) a jti that is a number', { claims: { jti: 1 } }, /claim jti/],
  ['§11.1 a jti of 256 characters', { claims: { jti: 'j'.repeat(256) } }, /claim jti/],
  ['§4.3(3) no htm', { claims: { htm: undefined } }, /claim htm/],
  ['§4.3(3) no htu', { claims: { htu: undefined } }, /htu/],
  ['§4.3(3) no iat', { claims: { iat: undefined } }, /claim iat/],
  ['§4.3(3) an iat that is text', { claims: { iat: String(NOW) } }, /claim iat/],
  ['D-01 §4.3(8) another htm', { claims: { htm: 'GET' } }, /htm/],
  ['§4.3(8) htm in lower case', { claims: { htm: 'post' } }, /htm/],
  ['§4.3(8) htm as a list', { claims: { htm: ['POST'] } }, /htm/],
  ['§4.3(9) htu of another host', { claims: { htu: 'https://id.example.evil/token' } }, /htu/],
  ['§4.3(9) htu of another path', { claims: { htu: 'https://id.example/par' } }, /htu/],
  ['§4.3(9) htu of another scheme', { claims: { htu: 'http://id.example/token' } }, /htu/],
  ['§4.3(9) htu of another port', { claims: { htu: 'https://id.example:444/token' } }, /htu/],
  ['§4.3(9) htu with a slash more', { claims: { htu: 'https://id.example/token/' } }, /htu/],
  ['§4.3(9) htu in another case', { claims: { htu: 'https://id.example/Token' } }, /htu/],
  ['§4.3(9) htu with a user', { claims: { htu: 'https://id.example@evil.example/token' } }, /htu/],
  ['§4.3(9) htu without host', { claims: { htu: '/token' } }, /htu/],
  ['§4.3(9) htu as a list', { claims: { htu: [request.url] } }, /htu/],
  ['§4.3(9) htu of 3,000 characters', { claims: { htu: `${request.url}?${'a'.repeat(2500)}` } }, /htu/],
  ['§4.3(11) made 61 s ago', { claims: { iat: NOW - 61 } }, /61 s past/],
  ['§4.3(11) made 11 s ahead', { claims: { iat: NOW + 11 } }, /11 s ahead/],
  ['§4.3(11) made at the epoch', { claims: { iat: 0 } }, /past/],
  ['RFC 7519 §4.1.4 past its exp', { claims: { exp: NOW - 10 } }, /token ended/],
  ['RFC 7519 §4.1.5 before its nbf', { claims: { nbf: NOW + 11 } }, /nbf/],
  ['§4.3(12) no ath', { claims: { ath: undefined } }, /claim ath/],
  ['§4.3(12) ath of another token', { claims: { ath: 'A'.repeat(43) } }, /ath/],
  ['§4.3(12) ath with padding', { claims: { ath: `${ath}=` } }, /ath/],
  ['§4.3(12) the token itself as ath', { claims: { ath: accessToken } }, /ath/],
  ['§8 a nonce that is no text', { claims: { nonce: 1 } }, /nonce/],
  ['T-28 a claim twice', { payloadText: (text) => text.replace('{', '{"htm":"GET",') }, /once/],
  ['a payload that is no object', { payloadText: () => '[]' }, /not a JSON object/],
];

describe('a DPoP proof is refused as invalid_dpop_proof (RFC 9449)', () => {
  it.each([...headerRows, ...claimRows])('%s', async (_what, forgery, message) => {
    await expect(verify(await forge(right, forgery))).rejects.toMatchObject({
      code: 'dpop_proof_invalid',
      message: expect.stringMatching(message),
    });
  });

  it.each<readonly [what: string, value: string | null | undefined]>([
    ['§4.3(1) no header', null],
    ['§4.3(1) no header at all', undefined],
    ['§4.3(1) an empty header', ''],
    ['§4.3(1) two headers, joined', `${proof}, ${proof}`],
    ['§4.3(2) no JWT', 'proof'],
    ['§4.3(2) two parts', proof.slice(0, proof.lastIndexOf('.'))],
    ['§4.3(2) four parts', `${proof}.AA`],
    ['§4.3(2) T-26 an encrypted one', `${proof}.AA.AA`],
    ['§4.3(2) T-29 padding', `${proof}=`],
    ['§4.3(2) T-29 a space in front', ` ${proof}`],
    ['T-27 5 kB', proof + 'A'.repeat(5000)],
    ['T-27 5 MB', 'A'.repeat(5_000_000)],
  ])('%s', async (_what, value) => {
    await expect(verify(value)).rejects.toMatchObject({ code: 'dpop_proof_invalid', transient: false });
  });

  it('a clock that says nothing', async () => {
    await expect(verify(proof, { clock: () => Number.NaN })).rejects.toMatchObject({
      code: 'dpop_proof_invalid',
    });
  });
});

const nonceOf = (secret: string, server: string, at = NOW) =>
  createDpopNonces({ secrets: [secret.repeat(32)], server, clock: () => at }).current();
const otherSecret = await nonceOf('t', 'https://id.example');
const otherServer = await nonceOf('s', 'https://api.example');
const twoMinutesAgo = await nonceOf('s', 'https://id.example', NOW - 120);

describe('D-04 a DPoP proof is refused as use_dpop_nonce (RFC 9449 §8 and §9)', () => {
  it.each<readonly [what: string, value: unknown]>([
    ['without nonce', undefined],
    ['with a nonce that somebody thought of', 'n'.repeat(43)],
    ['with a nonce of another secret', otherSecret],
    ['with a nonce of another server', otherServer],
    ['with a nonce of two minutes ago', twoMinutesAgo],
    ['with the right nonce and a character more', `${nonce}A`],
  ])('%s', async (_what, value) => {
    const without = await forge(right, { claims: { nonce: value } });
    await expect(verify(without)).rejects.toMatchObject({ code: 'dpop_nonce_required' });
  });
});

describe('a DPoP proof is accepted', () => {
  it.each<readonly [what: string, forgery: Forgery]>([
    ['as RFC 9449 §4.2 has it', {}],
    [
      'with typ in another case and as a media type (RFC 7515 §4.1.9)',
      { header: { typ: 'application/DPoP+JWT' } },
    ],
    ['with a jwk that has more public members', { header: { jwk: { ...jwk, kid: 'mine', use: 'sig' } } }],
    ['by an RSA key', by(rsa)],
    ['by an Ed25519 key', by(ed)],
    ['by an Ed25519 key that says Ed25519 (RFC 9864)', by(ed, 'Ed25519')],
    ['whose htu has query and fragment (§4.3)', { claims: { htu: `${request.url}?a=b#c` } }],
    ['whose htu has the default port (§4.3)', { claims: { htu: 'https://id.example:443/token' } }],
    ['whose htu has capitals in scheme and host (§4.3)', { claims: { htu: 'HTTPS://ID.example/token' } }],
    ['whose htu has dot segments (§4.3)', { claims: { htu: 'https://id.example/a/../token' } }],
    ['whose htu encodes a letter (§4.3)', { claims: { htu: 'https://id.example/%74oken' } }],
    ['made 60 s ago', { claims: { iat: NOW - 60 } }],
    ['made 10 s ahead (FAPI 2.0 §5.3.2.1)', { claims: { iat: NOW + 10 } }],
    ['made at a fraction of a second', { claims: { iat: NOW - 0.5 } }],
    ['with claims of its own', { claims: { client: 'app' } }],
  ])('%s', async (_what, forgery) => {
    const signer = typeof forgery.signer === 'object' && 'kid' in forgery.signer ? forgery.signer : key;
    await expect(verify(await forge(right, forgery))).resolves.toMatchObject({
      jti: 'jti-1',
      htm: 'POST',
      htu: request.url,
      nonce,
      jkt: await jwkThumbprint(signer.publicJwk),
    });
  });

  it('that createDpopProof made, with and without token and nonce', async () => {
    const whole = await createDpopProof(key, { ...request, accessToken, nonce, clock });
    await expect(verify(whole)).resolves.toMatchObject({ jkt: key.kid, iat: NOW, usableUntil: NOW + 90 });
    const bare = await createDpopProof(key, { ...request, url: `${request.url}?resource=a`, clock });
    await expect(verify(bare, { accessToken: undefined, nonces: undefined })).resolves.toMatchObject({
      htu: request.url,
      nonce: undefined,
    });
  });

  it('by a key that is remembered from an earlier proof, and is told from another', async () => {
    const keys = createDpopProofKeys(clock);
    for (const signer of [key, stranger, key]) {
      const made = await createDpopProof(signer, { ...request, accessToken, nonce, clock });
      await expect(verify(made, { keys })).resolves.toMatchObject({ jkt: signer.kid });
    }
    const forged = await forge(right, { signer: stranger });
    await expect(verify(forged, { keys })).rejects.toMatchObject({ code: 'dpop_proof_invalid' });
  });
});
