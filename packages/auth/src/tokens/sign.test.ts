import { describe, expect, it } from 'vitest';
import { createTestClock } from '../testing/index.ts';
import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  leftHalfHash,
  signAccessToken,
  verifyAccessToken,
  type SigningAlgorithm,
} from './index.ts';

const algorithms: SigningAlgorithm[] = [
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
const clock = createTestClock();
const claims = {
  iss: 'https://issuer.example',
  sub: 'ada',
  aud: 'https://api.example',
  exp: clock() + 60,
  iat: clock(),
  jti: 'j',
  client_id: 'app',
};

describe('a signing key', () => {
  it.each(algorithms)('of %s signs what its public JWK verifies', async (alg) => {
    const key = await importSigningKey(await generateSigningJwk(alg));
    const token = await signAccessToken(claims, key);
    const keys = createLocalKeys({ keys: [key.publicJwk] });
    const options = { issuer: claims.iss, audience: claims.aud, algorithms: [alg], keys, clock };
    await expect(verifyAccessToken(token, options)).resolves.toEqual(claims);
  });

  it.each(algorithms)('G-04 of %s shows nothing private', async (alg) => {
    const { publicJwk, privateKey } = await importSigningKey(await generateSigningJwk(alg));
    expect(Object.keys(publicJwk)).not.toEqual(expect.arrayContaining(['d']));
    expect(
      Object.keys(publicJwk).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name)),
    ).toEqual([]);
    expect(publicJwk).toMatchObject({ alg, use: 'sig', kid: expect.stringMatching(/^[\w-]{43}$/) });
    expect(privateKey.extractable).toBe(false);
  });

  it.each([
    ['a public key', async () => (await importSigningKey(await generateSigningJwk('ES256'))).publicJwk],
    ['a key without kid', async () => ({ ...(await generateSigningJwk('ES256')), kid: '' })],
    ['a key that is cut short', async () => ({ ...(await generateSigningJwk('ES256')), d: 'AAAA' })],
    ['a key with half of its point', async () => ({ ...(await generateSigningJwk('ES256')), y: '' })],
    ['a key of another type', async () => ({ ...(await generateSigningJwk('ES256')), alg: 'RS256' })],
    ['a key of another curve', async () => ({ ...(await generateSigningJwk('ES256')), alg: 'ES384' })],
    ['a key of no type', async () => ({ ...(await generateSigningJwk('ES256')), kty: 'XX' })],
    ['a secret', async () => ({ kty: 'oct', k: 'AAAA', d: 'AA', kid: 'x', alg: 'HS256' })],
  ])('is not made of %s', async (_what, jwk) => {
    await expect(importSigningKey(await jwk())).rejects.toMatchObject({ code: 'config_invalid' });
  });
});

describe('at_hash', () => {
  // The example of OIDC Core A.3 and A.4: its access token and code, RS256.
  it.each([
    ['jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', '77QmUPtjPfzWtF2AnpK9RQ'],
    ['Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk', 'LDktKdoQak3Pk0cnXxCltA'],
  ])('of %s is that of the specification', async (value, hash) => {
    await expect(leftHalfHash(value, 'RS256')).resolves.toBe(hash);
  });
});
