import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  tokenRequest,
  type Tokens,
  tokensFor,
} from '../../test/test-provider.ts';
import { BLOG_API, ISSUER, NEW_API, OLD_API, SHOP_API } from '../../test/registrations.ts';
import { assertionForm } from '../../test/signer.ts';
import { siteTokens } from '../../test/site-tokens.ts';
import { introspected, isActive } from '../../test/token-requests.ts';

describe('introspection', () => {
  let idp: TestProvider;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    await idp.provider.store.setDisabled('ada', false, 1);
    await idp.provider.store.setRoles('ada', ['member'], 1);
    tokens = await tokensFor(idp, authorizePath({ resource: SHOP_API }));
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const clientToken = async () => {
    const form = { grant_type: 'client_credentials', resource: SHOP_API };
    const answer: Tokens = await (await idp.token(form, 'robot')).json();
    return answer.access_token;
  };

  const tokenOfSigner = async () => {
    const form = await assertionForm(idp.provider.clock());
    const body = new URLSearchParams({ ...form, grant_type: 'client_credentials', resource: SHOP_API });
    const answer: Tokens = await (
      await idp.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body }))
    ).json();
    return answer.access_token;
  };

  it('says of an access token what it says itself', async () => {
    const response = await idp.fetch(tokenRequest({ token: tokens.access_token }, 'shop', '/introspect'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toContain('application/json');
    const { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr, permissions } = decodeJwt<
      Record<string, unknown>
    >(tokens.access_token);
    const claims = { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr, permissions };
    expect(await response.json()).toEqual({ active: true, token_type: 'Bearer', ...claims });
  });

  it('says of a refresh token whose it is and how long', async () => {
    const answer = await introspected(idp, tokens.refresh_token);
    const scope = 'openid profile email';
    expect(answer).toMatchObject({ active: true, iss: ISSUER, sub: 'sub-ada', client_id: 'shop', scope });
    expect(Number(answer['exp']) - idp.provider.clock()).toBe(86_400);
    expect(answer).not.toHaveProperty('token_type');
  });

  it('says of a client’s own token that the client is its subject', async () => {
    expect(await introspected(idp, await clientToken(), 'robot')).toMatchObject({
      active: true,
      sub: 'robot',
      permissions: ['shop:products.read', 'shop:prices.member'],
    });
  });

  it.each<readonly [string, string, () => Promise<string> | string]>([
    ['its own', 'shop', () => tokens.access_token],
    [
      'another’s for an API it stands for',
      'blog',
      async () => (await tokensFor(idp, authorizePath({ resource: BLOG_API }))).access_token,
    ],
    ['a client’s for an API it stands for', 'shop', clientToken],
    [
      'one for an API that wants RS256',
      'legacy',
      async () => (await siteTokens(idp, 'legacy', { resource: OLD_API })).access_token,
    ],
    [
      'one for an API that wants EdDSA',
      'legacy',
      async () => (await siteTokens(idp, 'legacy', { resource: NEW_API })).access_token,
    ],
  ])('shows a client %s', async (_what, clientId, token) => {
    expect(await isActive(idp, await token(), clientId)).toBe(true);
  });

  it.each<readonly [string, string, () => Promise<string> | string]>([
    ['another’s for an API it neither calls nor stands for', 'bare', () => tokens.access_token],
    ['T-41 another’s for an API it may call and does not stand for', 'legacy', () => tokens.access_token],
    ['T-41 a client’s for an API it may call and does not stand for', 'blog', clientToken],
    ['another’s for the provider itself', 'blog', async () => (await tokensFor(idp)).access_token],
    ['another’s refresh token', 'blog', () => tokens.refresh_token],
    ['T-13 an ID token', 'shop', () => tokens.id_token],
    ['T-35 a token with a broken signature', 'shop', () => `${tokens.access_token.slice(0, -4)}AAAA`],
    ['T-27 50 kB', 'shop', () => 'x'.repeat(50_000)],
    ['T-27 10 000 dots', 'shop', () => '.'.repeat(10_000)],
    ['a refresh token that nobody issued', 'shop', () => `${'A'.repeat(22)}.${'A'.repeat(22)}`],
    ['X-15 something called __proto__', 'shop', () => '__proto__'],
    ['line breaks', 'shop', () => 'a.b.c\r\nx: y'],
    [
      'a token whose audience is a list',
      'shop',
      () => `e30.${Buffer.from('{"aud":[["https://shop.example/api"]]}').toString('base64url')}.AA`,
    ],
  ])('shows a client nothing of %s', async (_what, clientId, token) => {
    const response = await idp.fetch(tokenRequest({ token: await token() }, clientId, '/introspect'));
    expect([response.status, await response.json()]).toEqual([200, { active: false }]);
  });

  it.each<readonly [string, () => Promise<unknown> | void]>([
    ['its time is over', () => idp.advanceClock(600)],
    [
      'T-36 its session has ended',
      async () => idp.provider.signOn.end(await sessionIdOf(idp, tokens.access_token)),
    ],
    ['T-38 its person is disabled', () => idp.provider.store.setDisabled('ada', true, 1)],
  ])('calls an access token inactive at once when %s', async (_what, end) => {
    expect(await isActive(idp, tokens.access_token)).toBe(true);
    await end();
    expect(await isActive(idp, tokens.access_token)).toBe(false);
  });

  it('calls a refresh token inactive once it was used, though its answer may be had again', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const next: Tokens = await (await idp.token(form)).json();
    expect(await isActive(idp, tokens.refresh_token)).toBe(false);
    expect(await isActive(idp, next.refresh_token)).toBe(true);
    expect((await idp.token(form)).status).toBe(200);
  });

  it('shows no permission that was withdrawn since', async () => {
    await idp.provider.store.setRoles('ada', ['reader'], 1);
    expect((await introspected(idp, tokens.access_token))['permissions']).toEqual(['shop:products.read']);
  });

  it('needs no hint, and believes none', async () => {
    for (const token_type_hint of ['access_token', 'refresh_token', 'made_up']) {
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        expect(await introspected(idp, token, 'shop', { token_type_hint })).toMatchObject({
          active: true,
        });
      }
    }
  });

  it('takes a client’s signature as proof', async () => {
    const form = await assertionForm(idp.provider.clock(), { aud: `${ISSUER}/introspect` });
    const token = await tokenOfSigner();
    const body = new URLSearchParams({ ...form, token });
    const response = await idp.fetch(new Request(`${ISSUER}/introspect`, { method: 'POST', body }));
    expect(await response.json()).toMatchObject({ active: true });
  });

  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    idp.fetch(new Request(`${ISSUER}/introspect`, { method: 'POST', body, headers }));

  it.each<readonly [string, () => Promise<Response>, string]>([
    ['nobody', () => post(new URLSearchParams({ token: tokens.access_token })), '401 invalid_client'],
    [
      'a public client, which anybody can say to be',
      () => post(new URLSearchParams({ token: tokens.access_token, client_id: 'native' })),
      '401 invalid_client',
    ],
    [
      'somebody with the token as proof',
      () => post(new URLSearchParams({ token: 'x' }), { authorization: `Bearer ${tokens.access_token}` }),
      '401 invalid_client',
    ],
    [
      'P-23 a wrong secret',
      () =>
        post(new URLSearchParams({ token: 'x', client_id: 'shop', client_secret: 'wrong-secret-0123456' })),
      '401 invalid_client',
    ],
    ['no token', () => idp.fetch(tokenRequest({}, 'shop', '/introspect')), '400 invalid_request'],
    [
      'two tokens',
      () => idp.fetch(tokenRequest(new URLSearchParams('token=a&token=b'), 'shop', '/introspect')),
      '400 invalid_request',
    ],
    [
      'P-25 JSON',
      () => post(JSON.stringify({ token: 'x' }), { 'content-type': 'application/json' }),
      '400 invalid_request',
    ],
  ])('refuses %s', async (_what, ask, error) => {
    expect(await errorOf(ask())).toBe(error);
  });

  it('is no GET, where tokens would end in logs', async () => {
    const request = new Request(`${ISSUER}/introspect?token=${tokens.access_token}`);
    expect((await idp.fetch(request)).status).toBe(405);
  });
});
