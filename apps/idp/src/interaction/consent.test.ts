import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, createBrowser, locationOf } from '../../test/browser.ts';
import { answer, ask, boxesIn, isConsent, STRANGER } from '../../test/consent-form.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
} from '../../test/test-provider.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../test/registrations.ts';
import { createApp } from '../app.ts';
import type { Store } from '../store/index.ts';
import { loadStylesheet } from './stylesheet.ts';

describe('a site of strangers', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function signedIn(username = 'ada'): Promise<Browser> {
    const browser = idp.browser();
    await signIn(browser, authorizePath(), username);
    return browser;
  }

  const redeem = (callback: URL, change: Record<string, string> = {}) =>
    idp.token(codeForm(callback, { redirect_uri: STRANGER.redirect_uri, ...change }), 'stranger');

  async function tokensOf(callback: URL, change: Record<string, string> = {}): Promise<Tokens> {
    const tokens: Tokens = await (await redeem(callback, change)).json();
    return tokens;
  }

  /** A person whom nobody has asked anything yet. */
  async function forgetting(username: string): Promise<Browser> {
    await idp.provider.store.revokeConsent(`sub-${username}`, 'stranger', 1);
    return signedIn(username);
  }

  it('is shown with its address, what it asks for in plain words, and what that comes to', async () => {
    const browser = await forgetting('ada');
    const page = locationOf(await browser.get(ask({ resource: SHOP_API })));
    expect(isConsent(page)).toBe(true);
    const response = await browser.get(page.pathname);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("form-action 'self' https://stranger.example;");
    expect(policy).toContain("frame-ancestors 'none'");
    const html = await response.text();
    for (const words of [
      '<bdi>The stranger</bdi> asks for access',
      'stranger.example',
      'Ada Lovelace',
      'ada@example.com',
      'In <bdi>Shop</bdi>, in your name',
      'See member prices',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).not.toMatch(/<script|\son\w+=|style=/i);
    const ticked = { openid: true, profile: true, email: true };
    expect(boxesIn(html)).toEqual({ ...ticked, 'shop:products.read': true, 'shop:prices.member': true });
  });

  it('gets what was allowed and nothing else, is not asked about again, and hears of it', async () => {
    const browser = await forgetting('ada');
    const callback = await answer(browser, ask(), ['email']);
    expect(callback.searchParams.get('iss')).toBe(ISSUER);
    const tokens = await tokensOf(callback);
    expect(tokens.scope).toBe('openid email');
    expect(decodeJwt(tokens.id_token)).toMatchObject({ email: 'ada@example.com' });
    expect(decodeJwt(tokens.id_token)['name']).toBeUndefined();
    const again = await tokensOf(locationOf(await browser.get(ask({ prompt: 'none' }))));
    expect(again.scope).toBe('openid email');
    expect(idp.events.findLast(({ type }) => type === 'consent.answered')).toEqual({
      type: 'consent.answered',
      clientId: 'stranger',
      sub: 'sub-ada',
      allowed: ['openid', 'email'],
      refused: ['profile'],
    });
  });

  it('that asks for more asks again, shows all, ticks what was allowed and marks what is new', async () => {
    const browser = await forgetting('ada');
    await answer(browser, ask({ scope: 'openid profile email' }), ['profile']);
    const wider = ask({ scope: 'openid profile email phone' });
    const refused = locationOf(await browser.get(`${wider}&prompt=none`));
    expect(Object.fromEntries(refused.searchParams)).toMatchObject({
      error: 'consent_required',
      state: 'state-1',
      iss: ISSUER,
    });
    const html = await (await browser.get(locationOf(await browser.get(wider)).pathname)).text();
    expect(boxesIn(html)).toEqual({ openid: true, profile: true, email: false, phone: true });
    expect(html.match(/class="badge"/g)).toHaveLength(1);
    expect(isConsent(locationOf(await browser.get(ask({ scope: 'openid profile' }))))).toBe(false);
  });

  it('is asked about by each person for themselves', async () => {
    await answer(await forgetting('ada'), ask(), ['email', 'profile']);
    expect(isConsent(locationOf(await (await forgetting('ben')).get(ask())))).toBe(true);
  });

  it('with prompt=consent is asked about every time, and so is one of our own', async () => {
    const browser = await forgetting('ada');
    await answer(browser, ask(), ['email', 'profile']);
    expect(isConsent(locationOf(await browser.get(ask({ prompt: 'consent' }))))).toBe(true);
    expect((await answer(browser, ask({ prompt: 'consent' }), [])).searchParams.get('code')).not.toBeNull();
    expect(isConsent(locationOf(await browser.get(authorizePath({ prompt: 'consent' }))))).toBe(true);
    expect(locationOf(await browser.get(authorizePath())).searchParams.get('code')).not.toBeNull();
  });

  it('can be refused an API altogether, and then gets no token for it', async () => {
    const browser = await forgetting('ada');
    const callback = await answer(browser, ask({ resource: SHOP_API }), ['profile']);
    expect(await errorOf(redeem(callback, { resource: SHOP_API }))).toBe('400 invalid_target');
    const other = await answer(browser, ask({ resource: SHOP_API, prompt: 'consent' }), [
      'shop:products.read',
    ]);
    const { access_token } = await tokensOf(other);
    expect(decodeJwt(access_token)).toMatchObject({ aud: SHOP_API, permissions: ['shop:products.read'] });
  });

  it('K-07 gets nothing by an answer that is taken back while a request is decided by it', async () => {
    await answer(await forgetting('ada'), ask(), ['email', 'profile']);
    const { store } = idp.provider;
    const overtaken: Store = {
      ...store,
      async findConsent(sub, clientId) {
        const found = await store.findConsent(sub, clientId);
        await store.revokeConsent(sub, clientId, 1);
        return found;
      },
    };
    const app = createApp({ ...idp.provider, store: overtaken }, loadStylesheet());
    const browser = createBrowser(ISSUER, async (request) => app.fetch(request));
    await signIn(browser);
    const { searchParams } = locationOf(await browser.get(ask()));
    expect([searchParams.get('code'), searchParams.get('error')]).toEqual([null, 'login_required']);
  });

  it('gets no more by a refresh or an exchange than it was allowed', async () => {
    const browser = await forgetting('ada');
    const tokens = await tokensOf(await answer(browser, ask({ resource: SHOP_API }), ['shop:products.read']));
    const permissionsOf = async (form: Record<string, string>) => {
      const answered: Tokens = await (await idp.token(form, 'stranger')).json();
      return decodeJwt(answered.access_token)['permissions'];
    };
    const { refresh_token, access_token } = tokens;
    const refresh = { grant_type: 'refresh_token', refresh_token, resource: SHOP_API };
    expect(await permissionsOf({ ...refresh, scope: 'openid' })).toEqual([]);
    expect(await permissionsOf(refresh)).toEqual(['shop:products.read']);
    const exchange = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    };
    const openid = await tokensOf(locationOf(await browser.get(ask())));
    const forShop = { ...exchange, subject_token: openid.access_token, resource: SHOP_API };
    expect(await errorOf(idp.token(forShop, 'stranger'))).toBe('400 invalid_target');
    const other = idp.token({ ...exchange, resource: BLOG_API }, 'stranger');
    expect(await errorOf(other)).toBe('400 invalid_target');
  });

  it('gets none of what the form adds by itself', async () => {
    const browser = await forgetting('ada');
    const extra = ['phone', 'shop:prices.member', 'blog:drafts.read', '__proto__', 'offline_access'];
    const tokens = await tokensOf(await answer(browser, ask({ resource: BLOG_API }), extra), {
      resource: ISSUER,
    });
    expect(tokens.scope).toBe('openid');
    expect((await idp.provider.store.findConsent('sub-ada', 'stranger'))?.allowed).toEqual(['openid']);
  });

  it('gets single claims by the claims parameter only when their scope was allowed', async () => {
    const claims = JSON.stringify({ id_token: { email: null, name: null } });
    const browser = await forgetting('ada');
    const path = ask({ scope: 'openid', claims });
    const html = await (await browser.get(locationOf(await browser.get(path)).pathname)).text();
    expect(boxesIn(html)).toEqual({ openid: true, profile: true, email: true });
    await answer(browser, path, ['email']);
    const again = locationOf(await browser.get(path)).searchParams.get('code');
    expect(again).not.toBeNull();
  });

  it.each([
    ['is ignored without prompt=consent', {}, ['offline_access'], false],
    ['is not given when it is refused', { prompt: 'consent' }, ['email'], false],
    ['is given by consent', { prompt: 'consent' }, ['offline_access'], true],
  ])('offline_access %s', async (_what, change, ticked, isOffline) => {
    const browser = await forgetting('ada');
    const path = ask({ scope: 'openid email offline_access', ...change });
    const tokens = await tokensOf(await answer(browser, path, ticked));
    expect(tokens.scope.includes('offline_access')).toBe(isOffline);
    await browser.post('/sign-out', {});
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await idp.token(form, 'stranger')).status).toBe(isOffline ? 200 : 400);
  });

  it('P-30 hears access_denied, state and iss when the person cancels, and nothing is remembered', async () => {
    const browser = await forgetting('ada');
    const id =
      locationOf(await browser.get(ask()))
        .pathname.split('/')
        .at(-1) ?? '';
    const refused = locationOf(await browser.post(`/authorize/${id}/cancel`, {}));
    expect(Object.fromEntries(refused.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
    });
    expect(await idp.provider.store.findConsent('sub-ada', 'stranger')).toBeUndefined();
    expect((await browser.get(`/consent/${id}`)).status).toBe(410);
  });
});
