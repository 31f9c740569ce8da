import { createLocalKeys, verifyAccessToken } from '@sso/auth/tokens';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  errorOf,
  type TestProvider,
  openTestProvider,
  tokenRequest,
} from '../../../../test/test-provider.ts';
import { BLOG_API, ISSUER, NEW_API, OLD_API, SHOP_API } from '../../../../test/registrations.ts';
import { assertionForm } from '../../../../test/signer.ts';

const GRANT = { grant_type: 'client_credentials' };

describe('a client that acts for itself', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (form: Record<string, string> = {}, clientId = 'robot') =>
    idp.token({ ...GRANT, ...form }, clientId);

  it('gets an access token of RFC 9068 for one API, and nothing else', async () => {
    const response = await ask({ resource: SHOP_API });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const answer = await response.json();
    expect(Object.keys(answer)).toEqual(['access_token', 'token_type', 'expires_in', 'scope']);
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    const jwks: { keys: JWK[] } = await (await idp.fetch(new Request(`${ISSUER}/jwks`))).json();
    const claims = await verifyAccessToken(answer.access_token, {
      issuer: ISSUER,
      audience: SHOP_API,
      algorithms: ['ES256'],
      keys: createLocalKeys(jwks),
      clock: idp.provider.clock,
    });
    expect(claims).toMatchObject({
      sub: 'robot',
      client_id: 'robot',
      scope: 'shop:products.read shop:prices.member',
      permissions: ['shop:products.read', 'shop:prices.member'],
    });
    expect(claims).not.toHaveProperty('sid');
    expect(claims).not.toHaveProperty('auth_time');
  });

  it.each([
    ['what it names', 'shop:products.read', ['shop:products.read']],
    ['P-27 the known part of what it names', 'shop:products.read nothing:known', ['shop:products.read']],
    ['P-27 everything where it names nothing', '', ['shop:products.read', 'shop:prices.member']],
  ])('holds %s', async (_what, scope, permissions) => {
    const { access_token } = await (await ask({ resource: SHOP_API, scope })).json();
    expect(decodeJwt(access_token)['permissions']).toEqual(permissions);
  });

  it.each([
    ['no resource where several are possible', {}, 'invalid_target'],
    ['a resource nobody knows', { resource: 'https://evil.example' }, 'invalid_target'],
    ['a resource it is not registered for', { resource: OLD_API }, 'invalid_target'],
    ['the provider itself', { resource: ISSUER }, 'invalid_target'],
    ['X-15 a resource called __proto__', { resource: '__proto__' }, 'invalid_target'],
    ['K-05 what is no permission at all', { resource: SHOP_API, scope: 'openid' }, 'invalid_scope'],
    ['K-05 a scope of 10 kB', { resource: SHOP_API, scope: 'x'.repeat(10_000) }, 'invalid_scope'],
    ['K-05 a permission of another API', { resource: SHOP_API, scope: 'blog:posts.read' }, 'invalid_scope'],
    ['K-05 only what it is not allowed', { resource: BLOG_API, scope: 'blog:drafts.read' }, 'invalid_scope'],
  ])('is refused %s', async (_what, form, error) => {
    expect(await errorOf(ask(form))).toBe(`400 ${error}`);
  });

  it('is refused two resources at once', async () => {
    const form = new URLSearchParams({ ...GRANT, resource: SHOP_API });
    form.append('resource', BLOG_API);
    expect(await errorOf(idp.fetch(tokenRequest(form, 'robot')))).toBe('400 invalid_target');
  });

  it('P-24 needs the grant in its registration', async () => {
    expect(await errorOf(ask({ resource: SHOP_API }, 'shop'))).toBe('400 unauthorized_client');
  });

  it('P-24 is nobody without proof: a public client gets nothing', async () => {
    const body = new URLSearchParams({ ...GRANT, client_id: 'native', resource: SHOP_API });
    const request = new Request(`${ISSUER}/token`, { method: 'POST', body });
    expect(await errorOf(idp.fetch(request))).toBe('400 unauthorized_client');
  });

  it('may prove itself by its signature', async () => {
    const form = { ...GRANT, resource: SHOP_API, ...(await assertionForm(idp.provider.clock())) };
    const body = new URLSearchParams(form);
    const response = await idp.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body }));
    expect(decodeJwt((await response.json()).access_token).sub).toBe('signer');
  });

  it.each([
    [SHOP_API, 'ES256'],
    [OLD_API, 'RS256'],
    [NEW_API, 'EdDSA'],
  ])('gets tokens for %s signed with %s', async (resource, alg) => {
    const { access_token } = await (await ask({ resource }, 'legacy')).json();
    expect(decodeProtectedHeader(access_token)).toMatchObject({ alg, typ: 'at+jwt' });
  });

  it('gets nothing from userinfo, and trades nothing: nobody signed in', async () => {
    const { access_token } = await (await ask({ resource: SHOP_API }, 'legacy')).json();
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await idp.fetch(new Request(`${ISSUER}/userinfo`, { headers }))).status).toBe(401);
    const trade = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: OLD_API,
    };
    expect(await errorOf(idp.token(trade, 'legacy'))).toBe('400 invalid_request');
  });
});
