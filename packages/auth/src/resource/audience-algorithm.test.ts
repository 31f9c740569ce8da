import { describe, expect, it } from 'vitest';
import { defineAccess, type AccessTokenAlgorithm } from '../access/index.ts';
import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  signAccessToken,
  type SigningKey,
} from '../tokens/index.ts';
import { createResourceServer } from './index.ts';

const NOW = 1_800_000_000;
const issuer = 'https://id.example';
const audience = 'https://api.example';

const ring: Readonly<Record<AccessTokenAlgorithm, SigningKey>> = {
  ES256: await importSigningKey(await generateSigningJwk('ES256')),
  RS256: await importSigningKey(await generateSigningJwk('RS256')),
  EdDSA: await importSigningKey(await generateSigningJwk('EdDSA')),
};
const keys = createLocalKeys({ keys: Object.values(ring).map(({ publicJwk }) => publicJwk) });

const claims = { iss: issuer, sub: 'ada', aud: audience, client_id: 'app', jti: 'jti-1' };

async function tryAt(alg: AccessTokenAlgorithm | undefined, signedWith: AccessTokenAlgorithm) {
  const access = defineAccess({
    audiences: { [audience]: { title: 'API', permissions: {}, alg } },
    roles: {},
  });
  const api = createResourceServer({ issuer, audience, access, keys, clock: () => NOW });
  const token = await signAccessToken({ ...claims, iat: NOW, exp: NOW + 60 }, ring[signedWith]);
  const headers = { authorization: `Bearer ${token}` };
  return api.guard(() => new Response('ok'))(new Request(audience, { headers }));
}

describe('an API takes the algorithm that the contract names for it', () => {
  it.each([
    [undefined, 'ES256', 200],
    ['ES256', 'ES256', 200],
    ['RS256', 'RS256', 200],
    ['EdDSA', 'EdDSA', 200],
    [undefined, 'RS256', 401],
    ['RS256', 'ES256', 401],
    ['ES256', 'EdDSA', 401],
  ] as const)('T-04 %s: signed with %s answers %i', async (alg, signedWith, status) => {
    expect((await tryAt(alg, signedWith)).status).toBe(status);
  });
});
