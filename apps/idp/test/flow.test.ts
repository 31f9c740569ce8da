import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from './browser.ts';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { BLOG_API, ISSUER, SHOP_API } from './registrations.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

describe('one login', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('goes from the sign-in form to code, tokens, userinfo, refresh, exchange and sign-out', async () => {
    const browser = idp.browser();
    const callback = await signIn(browser, authorizePath({ resource: SHOP_API }));
    expect(callback.origin + callback.pathname).toBe('https://shop.example/auth/callback');
    expect(callback.searchParams.get('state')).toBe('state-1');
    expect(callback.searchParams.get('iss')).toBe(ISSUER);

    const answer = await idp.token(codeForm(callback));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const tokens: Tokens = await answer.json();
    expect(decodeProtectedHeader(tokens.id_token)).toMatchObject({ alg: 'ES256' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      iss: ISSUER,
      aud: 'shop',
      sub: 'sub-ada',
      nonce: 'nonce-1',
      name: 'Ada Lovelace',
      amr: ['pwd'],
    });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: SHOP_API,
      client_id: 'shop',
      permissions: ['shop:products.read', 'shop:prices.member'],
    });

    const form = {
      grant_type: EXCHANGE,
      subject_token: tokens.access_token,
      subject_token_type: ACCESS_TOKEN,
      resource: BLOG_API,
    };
    const exchanged = await idp.token(form);
    const { access_token: forBlog, issued_token_type } = await exchanged.json();
    expect(issued_token_type).toBe(ACCESS_TOKEN);
    expect(decodeJwt(forBlog)).toMatchObject({
      aud: BLOG_API,
      client_id: 'shop',
      permissions: ['blog:posts.read'],
    });

    const refreshed = await idp.token({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    const second: Tokens = await refreshed.json();
    expect(decodeJwt(second.access_token).aud).toBe(SHOP_API);
    expect(decodeJwt(second.id_token)['nonce']).toBeUndefined();

    const sid = String(decodeJwt(tokens.id_token)['sid']);
    const out = await browser.get(
      `/end-session?${new URLSearchParams({ client_id: 'shop', logout_hint: sid, post_logout_redirect_uri: 'https://shop.example/auth/logged-out', state: 'bye' }).toString()}`,
    );
    expect(locationOf(out).href).toBe('https://shop.example/auth/logged-out?state=bye');
    const late = await idp.token({ grant_type: 'refresh_token', refresh_token: second.refresh_token });
    expect(await late.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await idp.token(form)).status).toBe(400);
  });

  it('lets the second site in without a form', async () => {
    const browser = idp.browser();
    await signIn(browser);
    const path = authorizePath({
      client_id: 'blog',
      redirect_uri: 'https://blog.example/auth/callback',
      prompt: 'none',
    });
    expect(locationOf(await browser.get(path)).searchParams.get('code')).not.toBeNull();
  });

  it('opens userinfo with a token for the provider itself', async () => {
    const tokens = await tokensFor(idp);
    const response = await idp.fetch(
      new Request(`${ISSUER}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } }),
    );
    expect(await response.json()).toEqual({
      sub: 'sub-ada',
      preferred_username: 'ada',
      name: 'Ada Lovelace',
      given_name: 'Ada',
      updated_at: idp.provider.clock(),
      email: 'ada@example.com',
      email_verified: true,
    });
  });
});
