import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../test/browser.ts';
import { locationOf } from '../../test/browser.ts';
import {
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  tokensFor,
} from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

describe('the account page', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function signedIn(): Promise<Browser> {
    const browser = idp.browser();
    await signIn(browser);
    return browser;
  }

  const allow = (clientId: string, allowed = ['openid', 'email']) =>
    idp.provider.store.saveConsent({
      sub: 'sub-ada',
      clientId,
      asked: ['openid', 'email', 'phone'],
      allowed,
      updatedAt: idp.provider.clock(),
    });

  it('leads to the operator’s own sites, each of which begins a login for this provider', async () => {
    const html = await (await (await signedIn()).get('/account')).text();
    const sites = [...html.matchAll(/<a class="account-choice" href="([^"]+)">/g)].map(([, href]) => href);
    expect(sites).toEqual([`https://blog.example/auth/login?iss=${encodeURIComponent(ISSUER)}`]);
  });

  it.each([
    [
      'stranger',
      'initiate_login_uri',
      `https://stranger.example/start?from=list&amp;iss=${encodeURIComponent(ISSUER)}`,
    ],
    ['bare', 'home page, where it registered no initiate_login_uri', 'https://bare.example'],
  ])('leads from what was allowed to %s to its %s', async (clientId, _where, href) => {
    await allow(clientId);
    const html = await (await (await signedIn()).get('/account')).text();
    expect(html).toContain(`<a href="${href}"><bdi>The ${clientId}</bdi></a>`);
    await idp.provider.store.revokeConsent('sub-ada', clientId, 1);
  });

  it('names a site that is registered no more, and leads nowhere from there', async () => {
    await allow('gone');
    const html = await (await (await signedIn()).get('/account')).text();
    expect(html).toMatch(/<h3>\s*<bdi>gone<\/bdi>\s*<\/h3>/);
    await idp.provider.store.revokeConsent('sub-ada', 'gone', 1);
  });

  it('is where the bare address of the provider leads', async () => {
    const response = await idp.browser().get('/');
    expect(response.status).toBe(303);
    expect(locationOf(response).href).toBe(`${ISSUER}/account`);
  });

  it('says that nobody is signed in, or who is, and is kept by nobody (X-06)', async () => {
    expect(await (await idp.browser().get('/account')).text()).toContain('Nobody is signed in');
    const response = await (await signedIn()).get('/account');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('Ada Lovelace');
  });

  it('lists what was allowed to whom, refusals and sites that are gone included', async () => {
    await allow('stranger');
    await allow('gone"><script>');
    const html = await (await (await signedIn()).get('/account')).text();
    for (const words of ['The stranger', 'See your email address', 'Refused: See your phone number']) {
      expect(html).toContain(words);
    }
    expect(html).toContain('gone&quot;&gt;&lt;script&gt;');
    expect(html).not.toContain('<script');
  });

  it('takes back what a site was allowed, and its refresh tokens with it', async () => {
    await allow('shop');
    const browser = idp.browser();
    const tokens = await tokensFor(idp, authorizePath(), 'ada', browser);
    expect(locationOf(await browser.post('/account/take-back', { client_id: 'shop' })).href).toBe(
      `${ISSUER}/account`,
    );
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect(await errorOf(idp.token(form))).toBe('400 invalid_grant');
    expect(await idp.provider.store.findConsent('sub-ada', 'shop')).toBeUndefined();
    expect(idp.events.at(-1)).toMatchObject({ type: 'consent.revoked', clientId: 'shop', sub: 'sub-ada' });
  });

  it.each([
    ['P-13 a foreign Origin', { client_id: 'stranger' }, { origin: 'https://evil.example' }, 403],
    ['P-13 a null Origin', { client_id: 'stranger' }, { origin: 'null' }, 403],
    ['U-10 somebody else’s sub', { client_id: 'other', sub: 'sub-ada' }, {}, 303],
    ['X-15 a prototype key', { client_id: '__proto__' }, {}, 303],
    ['no client', {}, {}, 303],
  ])('takes nothing back for %s', async (_what, form, headers, status) => {
    await allow('stranger');
    const browser = await signedIn();
    expect((await browser.post('/account/take-back', form, headers)).status).toBe(status);
    expect(await idp.provider.store.findConsent('sub-ada', 'stranger')).toBeDefined();
  });

  it('takes nothing back for whoever is signed out', async () => {
    await allow('stranger');
    await idp.browser().post('/account/take-back', { client_id: 'stranger' });
    expect(await idp.provider.store.findConsent('sub-ada', 'stranger')).toBeDefined();
  });
});
