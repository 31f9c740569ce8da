import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../testing/index.ts';
import { createLocalKeys, generateSigningJwk } from '../index.ts';
import { createKeySet, type KeyQuery } from './key-set.ts';

const { publicJwk: one } = await createTestKey('ES256');
const { publicJwk: two } = await createTestKey('ES256');
const { publicJwk: rsa } = await createTestKey('RS256');
const { publicJwk: ed } = await createTestKey('EdDSA');
const { alg: _alg, ...rsaWithoutAlg } = rsa;
const shortRsa = { kty: 'RSA', kid: 'short', n: 'uPT5bR6u3ZQ0y0q6vIYFvQ', e: 'AQAB' };

const reversed = (jwk: object) => Object.fromEntries(Object.entries(jwk).toReversed());

type Row = readonly [what: string, keys: readonly unknown[], query: KeyQuery];

const foundRows: readonly Row[] = [
  ['by kid', [one, two, rsa], { alg: 'ES256', kid: two.kid }],
  ['T-07 without kid where only one fits the algorithm', [one, rsa, ed], { alg: 'ES256' }],
  ['by kid where the JWK names no algorithm', [rsaWithoutAlg], { alg: 'PS256', kid: rsa.kid }],
  [
    'T-08 beside an encryption key of the same kid',
    [{ ...rsa, kid: one.kid, use: 'enc' }, one],
    { alg: 'ES256', kid: one.kid },
  ],
  [
    'T-08 beside a key of another type and the same kid',
    [{ ...rsa, kid: one.kid }, one],
    { alg: 'ES256', kid: one.kid },
  ],
  ['under the name Ed25519 (RFC 9864)', [ed], { alg: 'Ed25519', kid: ed.kid }],
  ['T-08 that is published twice', [one, two, { ...one }], { alg: 'ES256', kid: one.kid }],
  [
    'T-08 published twice, its members in another order',
    [one, reversed(one)],
    { alg: 'ES256', kid: one.kid },
  ],
  ['T-07 that is published twice, without kid', [one, { ...one }], { alg: 'ES256' }],
  [
    'T-08 published once for each of two algorithms',
    [rsa, { ...rsa, alg: 'PS256' }],
    { alg: 'PS256', kid: rsa.kid },
  ],
  ['for an RSA key with e = 3 (RFC 8017 §3.1)', [{ ...rsa, e: 'Aw' }], { alg: 'RS256', kid: rsa.kid }],
];

const missingRows: readonly Row[] = [
  ['T-06 for an unknown kid', [one], { alg: 'ES256', kid: 'other' }],
  ['T-07 without kid where several fit', [one, two], { alg: 'ES256' }],
  ['T-08 for a kid that two keys share', [one, { ...two, kid: one.kid }], { alg: 'ES256', kid: one.kid }],
  ['T-04 for another algorithm of the same key', [rsa], { alg: 'PS256', kid: rsa.kid }],
  ['T-04 for another curve', [one], { alg: 'ES384', kid: one.kid }],
  ['T-02 for an HMAC', [{ kty: 'oct', k: 'AAAA', kid: 'a' }], { alg: 'HS256', kid: 'a' }],
  ['T-01 for none', [one], { alg: 'none', kid: one.kid }],
  ['for a key that may only encrypt', [{ ...one, use: 'enc' }], { alg: 'ES256', kid: one.kid }],
  ['for a key that may only sign', [{ ...one, key_ops: ['sign'] }], { alg: 'ES256', kid: one.kid }],
  ['for a point off the curve', [{ ...one, y: one.x }], { alg: 'ES256', kid: one.kid }],
  ['for an RSA key that is too short', [shortRsa], { alg: 'RS256', kid: 'short' }],
  ['for an RSA key with e = 1', [{ ...rsa, e: 'AQ' }], { alg: 'RS256', kid: rsa.kid }],
  ['for an RSA key with e = 0', [{ ...rsa, e: 'AA' }], { alg: 'RS256', kid: rsa.kid }],
  ['for an RSA key with e = 2', [{ ...rsa, e: 'Ag' }], { alg: 'RS256', kid: rsa.kid }],
  ['for an RSA key with e = 65536', [{ ...rsa, e: 'AQAA' }], { alg: 'RS256', kid: rsa.kid }],
  ['for an RSA key without e', [{ ...rsa, e: undefined }], { alg: 'RS256', kid: rsa.kid }],
  ['T-08 for one key under two kids, without kid', [one, { ...one, kid: 'other' }], { alg: 'ES256' }],
  ['in a set of garbage', [null, 7, 'key', []], { alg: 'ES256', kid: 'x' }],
];

describe('a key set', () => {
  it.each(foundRows)('finds a key %s', async (_what, keys, query) => {
    await expect(createKeySet({ keys }).find(query)).resolves.toHaveProperty('type', 'public');
  });

  it.each(missingRows)('finds none %s', async (_what, keys, query) => {
    await expect(createKeySet({ keys }).find(query)).resolves.toBeUndefined();
  });

  it('G-04 gives a public key, even where the set shows private members', async () => {
    const jwk = await generateSigningJwk('ES256');
    const key = await createLocalKeys({ keys: [jwk] })({ alg: 'ES256', kid: jwk.kid });
    expect(key).toMatchObject({ type: 'public', usages: ['verify'] });
  });

  it.each([null, [], {}, { keys: {} }, 'keys'])('is not made of %j', (jwks) => {
    expect(() => createKeySet(jwks)).toThrow(/not a JWK Set/);
  });
});
