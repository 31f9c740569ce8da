import { createLocalKeys, leftHalfHash, verifyIdToken } from '@sso/auth/tokens';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
} from '../../../test/test-provider.ts';
import { ISSUER, SHOP_API } from '../../../test/registrations.ts';
import { siteTokens } from '../../../test/site-tokens.ts';

describe('an ID token', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const jwks = async () => {
    const keys: { keys: JWK[] } = await (await idp.fetch(new Request(`${ISSUER}/jwks`))).json();
    return keys;
  };
  const refreshed = async ({ refresh_token }: Tokens): Promise<Tokens> =>
    (await idp.token({ grant_type: 'refresh_token', refresh_token })).json();

  it.each([
    ['nothing', 'silent', 'RS256'],
    ['RS256', 'bare', 'RS256'],
    ['ES256', 'shop', 'ES256'],
    ['EdDSA', 'modern', 'EdDSA'],
  ] as const)('for a client that registered %s (%s) is signed with %s', async (_what, clientId, alg) => {
    const tokens = await siteTokens(idp, clientId);
    expect(decodeProtectedHeader(tokens.id_token)).toEqual({ alg, typ: 'JWT', kid: expect.any(String) });
    const claims = await verifyIdToken(tokens.id_token, {
      issuer: ISSUER,
      clientId,
      algorithms: [alg],
      keys: createLocalKeys(await jwks()),
      clock: idp.provider.clock,
      nonce: 'nonce-1',
      accessToken: tokens.access_token,
    });
    expect(claims.at_hash).toBe(await leftHalfHash(tokens.access_token, alg));
  });

  it('says who signed in, when, how and where, for one client', async () => {
    const now = idp.provider.clock();
    const tokens = await siteTokens(idp, 'shop', { scope: 'openid' });
    const { sid, at_hash, ...claims } = decodeJwt<Record<string, unknown>>(tokens.id_token);
    expect(claims).toEqual({
      iss: ISSUER,
      sub: 'sub-ada',
      aud: 'shop',
      iat: now,
      exp: now + 300,
      auth_time: now,
      nonce: 'nonce-1',
      acr: 'pwd',
      amr: ['pwd'],
    });
    expect([sid, at_hash]).toEqual([
      expect.stringMatching(/^[\w-]{22}$/),
      expect.stringMatching(/^[\w-]{22}$/),
    ]);
  });

  it('has no azp, which is for tokens of several audiences (OIDC Core §2)', async () => {
    expect(decodeJwt((await siteTokens(idp, 'shop')).id_token)).not.toHaveProperty('azp');
  });

  it('has no nonce where none was sent', async () => {
    const form = codeForm(await signIn(idp.browser(), authorizePath({ nonce: undefined })));
    const tokens: Tokens = await (await idp.token(form)).json();
    expect(decodeJwt(tokens.id_token)).not.toHaveProperty('nonce');
  });

  it('has at_hash of the access token beside it, whomever that is for', async () => {
    const tokens = await siteTokens(idp, 'shop', { resource: SHOP_API });
    expect(decodeJwt(tokens.id_token)['at_hash']).toBe(await leftHalfHash(tokens.access_token, 'ES256'));
  });

  it('T-23 of a refresh is about the same sign-in, without nonce (OIDC Core §12.2)', async () => {
    const first = await siteTokens(idp, 'shop');
    idp.advanceClock(100);
    const before = decodeJwt<Record<string, unknown>>(first.id_token);
    const next = await refreshed(first);
    const after = decodeJwt<Record<string, unknown>>(next.id_token);
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid', 'acr']) {
      expect(after[name]).toBe(before[name]);
    }
    expect(Number(after['iat']) - Number(before['iat'])).toBe(100);
    expect(after).not.toHaveProperty('nonce');
    expect(after['at_hash']).toBe(await leftHalfHash(next.access_token, 'ES256'));
  });

  it('comes only where openid was granted', async () => {
    const tokens = await siteTokens(idp, 'shop', { scope: 'profile' });
    expect(tokens.id_token).toBeUndefined();
    expect((await refreshed(tokens)).id_token).toBeUndefined();
  });

  it('G-04 is verified by published keys: one at least for every algorithm, none with a private part', async () => {
    const { keys } = await jwks();
    for (const alg of ['RS256', 'ES256', 'EdDSA']) expect(keys.some((key) => key.alg === alg)).toBe(true);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    for (const key of keys) {
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String), alg: expect.any(String) });
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
    }
  });
});
