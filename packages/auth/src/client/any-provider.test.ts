import { describe, expect, it } from 'vitest';
import { MINUTE } from '../foundation/index.ts';
import { createProcessMemory } from './index.ts';
import { createTestIssuer, openTestSite } from '../testing/index.ts';

describe('a provider may lack what a site can do without:', () => {
  it.each([
    ['an end-session endpoint in plain http', { end_session_endpoint: 'http://issuer.example/end' }],
    ['one that is null', { end_session_endpoint: null }],
    ['one that is empty', { end_session_endpoint: '' }],
    ['a userinfo endpoint in plain http', { userinfo_endpoint: 'http://issuer.example/userinfo' }],
  ])('%s', async (_what, change) => {
    const { browser, issuer } = await openTestSite();
    issuer.alter({ metadata: change });
    expect((await browser.visit('/auth/login')).status).toBe(303);
    const headers = { origin: 'https://app.example' };
    const out = await browser.visit('/auth/logout', { method: 'POST', headers });
    expect(new URL(out.headers.get('location') ?? '').protocol).toBe('https:');
  });
});

describe('pain 6: behind an internal address', () => {
  const inside = 'http://idp.internal:8080';

  async function openInside(change: Record<string, unknown>) {
    const issuer = await createTestIssuer();
    const called: string[] = [];
    issuer.alter({ metadata: change });
    const site = await openTestSite({
      internalIssuerUrl: inside,
      clock: issuer.clock,
      async fetch(input, init) {
        const { url } = new Request(input, init);
        called.push(url);
        return issuer.fetch(url.replace(inside, issuer.issuer), init);
      },
    });
    return { ...site, issuer, called };
  }

  it('also the endpoints that the provider names by that address are called there', async () => {
    const change = { token_endpoint: `${inside}/token`, jwks_uri: `${inside}/jwks` };
    const { browser, issuer, site, called } = await openInside(change);
    const { callback } = issuer.authorize(await browser.startLogin());
    expect((await browser.visit(callback.pathname + callback.search)).status).toBe(303);
    expect(await site.getSession(browser.request('/').headers.get('cookie'))).toBeDefined();
    expect(called.filter((address) => !address.startsWith(inside))).toEqual([]);
  });

  it('a third address in plain http is refused all the same', async () => {
    const { browser } = await openInside({ token_endpoint: 'http://evil.internal/token' });
    const response = await browser.visit('/auth/login');
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
  });
});

describe('what a provider wants to be told', () => {
  it('goes along with every login', async () => {
    const { browser } = await openTestSite({ authorizationParameters: { organization: 'acme' } });
    const { searchParams } = new URL(await browser.startLogin());
    expect(searchParams.get('organization')).toBe('acme');
  });

  it.each([
    ['login_hint', 'ada@example.com', 'ada@example.com'],
    ['ui_locales', 'de en', 'de en'],
    ['prompt', 'create', 'create'],
    ['prompt', 'none', null],
    ['prompt', 'consent login', null],
    ['login_hint', 'x'.repeat(256), null],
    ['scope', 'admin', 'openid profile email'],
    ['redirect_uri', 'https://evil.example', 'https://app.example/auth/callback'],
    ['client_id', 'evil', 'app'],
  ])('a link may ask for %s=%s: %s is asked', async (name, value, asked) => {
    const { browser } = await openTestSite();
    const query = new URLSearchParams({ [name]: value }).toString();
    const response = await browser.visit(`/auth/login?${query}`);
    expect(new URL(response.headers.get('location') ?? '').searchParams.get(name)).toBe(asked);
  });

  it('P-23 the secret in the form, where it is registered so', async () => {
    const { browser, issuer } = await openTestSite({ clientSecretMethod: 'client_secret_post' });
    expect((await browser.signIn()).status).toBe(303);
    const [request] = issuer.requests('token');
    expect(request?.form.get('client_secret')).toBe('app-secret');
    expect(request?.headers.has('authorization')).toBe(false);
  });
});

it('P-11 two providers that share one memory are not taken for each other', async () => {
  const memory = createProcessMemory(() => 0);
  const origins = ['https://one.example', 'https://other.example'];
  const sites = await Promise.all(origins.map((issuer) => openTestSite({ memory }, { issuer })));
  for (const { browser } of sites) await browser.startLogin();
  const addresses = await Promise.all(sites.map(({ browser }) => browser.startLogin()));
  expect(addresses.map((address) => new URL(address).origin)).toEqual(origins);
  for (const { browser } of sites) expect((await browser.signIn()).status).toBe(303);
});

it('an observer that throws breaks no login and no refresh', async () => {
  const test = await openTestSite({
    observe: () => {
      throw new Error('the logger is full');
    },
  });
  expect((await test.browser.signIn()).status).toBe(303);
  test.issuer.clock.advance(540);
  const { session } = await test.requestPage();
  expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 600);
});

it('G19 an answer that is no JSON is not quoted: it may hold a token', async () => {
  const issuer = await createTestIssuer();
  const { browser, events } = await openTestSite({
    clock: issuer.clock,
    fetch: async (input, init) =>
      new Request(input).url.endsWith('/token')
        ? new Response('refresh_token=SECRET', { headers: { 'content-type': 'application/json' } })
        : issuer.fetch(input, init),
  });
  const { callback } = issuer.authorize(await browser.startLogin());
  expect((await browser.visit(callback.pathname + callback.search)).status).toBe(503);
  expect(JSON.stringify(events)).not.toContain('SECRET');
});

describe('two sites on one host', () => {
  it('C-05 keep their cookies apart by a prefix', async () => {
    const shop = await openTestSite({ cookiePrefix: 'shop-' });
    await shop.browser.signIn();
    expect(shop.browser.cookies.has('__Host-shop-session')).toBe(true);
    expect([...shop.browser.cookies.keys()].every((name) => name.startsWith('__Host-shop-'))).toBe(true);
  });

  it('and leave a session alone that none of their keys sealed', async () => {
    const [shop, blog] = [await openTestSite(), await openTestSite()];
    await shop.browser.signIn();
    const { session, cookies } = await blog.requestPage(shop.browser, blog.site);
    expect(session).toBeUndefined();
    expect(cookies).toEqual([]);
  });
});

it('G10 a short idle time signs nobody out who is active', async () => {
  const test = await openTestSite({ lifetimes: { idleSeconds: 300 } });
  await test.browser.signIn();
  for (let seconds = 0; seconds < 900; seconds += 60) {
    test.issuer.clock.advance(60);
    expect((await test.requestPage()).session).toBeDefined();
  }
});

const withoutRefreshToken = async () => {
  const test = await openTestSite();
  test.issuer.alter({ response: { refresh_token: undefined } });
  await test.browser.signIn();
  return test;
};

describe('a provider that gives no refresh token', () => {
  it('signs somebody in for as long as permissions count, and then has them sign in again', async () => {
    const test = await withoutRefreshToken();
    test.issuer.clock.advance(20 * MINUTE - 1);
    expect((await test.requestPage()).session?.can('things.read')).toBe(true);
    test.issuer.clock.advance(1);
    expect((await test.requestPage()).session).toBeUndefined();
    expect(test.events).toContainEqual(
      expect.objectContaining({ type: 'session.ended', reason: 'unrenewable' }),
    );
  });
});

describe('a provider that names its project beside the client in aud', () => {
  const claims = { aud: ['app', 'project-1'], azp: 'app' };

  it.each([
    ['is believed once the site trusts the project', ['project-1'], 303],
    ['is refused by default', undefined, 400],
    ['is refused where the site trusts another', ['project-2'], 400],
  ])('%s', async (_what, trustedAudiences, status) => {
    const { browser, issuer } = await openTestSite(trustedAudiences ? { trustedAudiences } : {});
    issuer.alter({ idToken: { claims } });
    expect((await browser.signIn()).status).toBe(status);
  });

  it('goes on being believed at a refresh and in a logout token', async () => {
    const test = await openTestSite({ trustedAudiences: ['project-1'] });
    test.issuer.alter({ idToken: { claims } });
    await test.browser.signIn();
    test.issuer.clock.advance(9 * MINUTE);
    const { session } = await test.requestPage();
    expect(session).toBeDefined();
    const token = await test.issuer.logoutToken({ aud: claims.aud, sid: session?.sid });
    const body = new URLSearchParams({ logout_token: token });
    const address = 'https://app.example/auth/backchannel-logout';
    expect((await test.site.handler(new Request(address, { method: 'POST', body })))?.status).toBe(200);
    expect((await test.requestPage()).session).toBeUndefined();
  });
});
