import { describe, expect, it } from 'vitest';
import { forge } from '../testing/forgeries/forge.ts';
import { alteredTokenRows, type Forgery, type ForgeryRow } from '../testing/index.ts';
import { createLocalKeys, generateSigningJwk, importSigningKey, verifyClientAssertion } from './index.ts';

const NOW = 1_800_000_000;
const ISSUER = 'https://id.example';
const TOKEN_ENDPOINT = `${ISSUER}/token`;

const key = await importSigningKey(await generateSigningJwk('ES256'));
const stranger = await importSigningKey(await generateSigningJwk('ES256'));

const right = {
  header: { alg: 'ES256', kid: key.kid },
  claims: { iss: 'robot', sub: 'robot', aud: ISSUER, jti: 'jti-1', iat: NOW, exp: NOW + 60 },
  signer: key,
};
const verify = (assertion: string) =>
  verifyClientAssertion(assertion, {
    clientId: 'robot',
    audiences: [ISSUER, TOKEN_ENDPOINT],
    algorithms: ['ES256'],
    keys: createLocalKeys({ keys: [key.publicJwk] }),
    clock: () => NOW,
  });

const rows: readonly ForgeryRow[] = [
  ['T-01 alg none', { header: { alg: 'none' }, signer: 'nobody' }, 'token_algorithm'],
  ['T-02 HS256 with a secret', { header: { alg: 'HS256' }, signer: { secret: 'robot' } }, 'token_algorithm'],
  ['T-04 another algorithm', { header: { alg: 'RS256' } }, 'token_algorithm'],
  ['T-06 an unknown kid', { header: { kid: 'other' } }, 'token_key_unknown'],
  ['another key under the known kid', { signer: stranger }, 'token_signature'],
  [
    'T-09 a key of its own in the header',
    { header: { jwk: stranger.publicJwk }, signer: stranger },
    'token_signature',
  ],
  ['T-10 crit', { header: { crit: ['exp'] } }, 'token_malformed'],
  ['T-12 typ at+jwt', { header: { typ: 'at+jwt' } }, 'token_type'],
  ['iss of another client', { claims: { iss: 'other' } }, 'token_issuer'],
  ['iss missing', { claims: { iss: undefined } }, 'token_issuer'],
  ['sub of another client', { claims: { sub: 'other' } }, 'token_claim'],
  ['sub missing', { claims: { sub: undefined } }, 'token_claim'],
  ['T-16 aud of another server', { claims: { aud: 'https://evil.example' } }, 'token_audience'],
  ['T-16 aud with a stranger', { claims: { aud: [ISSUER, 'https://evil.example'] } }, 'token_audience'],
  ['T-16 aud empty', { claims: { aud: [] } }, 'token_audience'],
  ['T-16 aud missing', { claims: { aud: undefined } }, 'token_audience'],
  ['T-18 aud with a slash more', { claims: { aud: `${ISSUER}/` } }, 'token_audience'],
  ['T-20 exp missing', { claims: { exp: undefined } }, 'token_claim'],
  ['T-20 exp a string', { claims: { exp: String(NOW + 60) } }, 'token_claim'],
  ['T-20 exp past by 30 s', { claims: { exp: NOW - 30 } }, 'token_expired'],
  ['exp more than an hour ahead', { claims: { exp: NOW + 3601 } }, 'token_claim'],
  ['T-21 iat ahead by 31 s', { claims: { iat: NOW + 31 } }, 'token_not_yet_valid'],
  ['T-21 nbf ahead by 31 s', { claims: { nbf: NOW + 31 } }, 'token_not_yet_valid'],
  ['jti missing', { claims: { jti: undefined } }, 'token_claim'],
  ['jti empty', { claims: { jti: '' } }, 'token_claim'],
  ['jti of 256 characters', { claims: { jti: 'j'.repeat(256) } }, 'token_claim'],
];

describe('a client assertion is refused', () => {
  it.each(rows)('%s', async (_what, forgery, code) => {
    await expect(verify(await forge(right, forgery))).rejects.toMatchObject({ code });
  });

  it.each(alteredTokenRows())('%s', async (_what, mangle, code) => {
    const token = mangle(await forge(right), await forge(right, { claims: { jti: 'jti-2' } }));
    await expect(verify(token)).rejects.toMatchObject({ code });
  });
});

describe('a client assertion is accepted', () => {
  it.each<readonly [string, Forgery]>([
    ['for the issuer', {}],
    ['for the token endpoint', { claims: { aud: TOKEN_ENDPOINT } }],
    ['for both, as some clients send it', { claims: { aud: [ISSUER, TOKEN_ENDPOINT] } }],
    ['without iat', { claims: { iat: undefined } }],
    ['with typ JWT', { header: { typ: 'JWT' } }],
    ['with a type of its own', { header: { typ: 'client-authentication+jwt' } }],
    ['without kid where there is one key', { header: { kid: undefined } }],
    ['29 s after its end', { claims: { exp: NOW - 29 } }],
    ['T-20 with times in fractions', { claims: { exp: NOW + 60.5, iat: NOW - 0.25, nbf: NOW - 0.5 } }],
    ['an hour before its end', { claims: { exp: NOW + 3600 } }],
  ])('%s', async (_what, forgery) => {
    await expect(verify(await forge(right, forgery))).resolves.toMatchObject({
      iss: 'robot',
      sub: 'robot',
      jti: 'jti-1',
    });
  });
});
