import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import {
  authorizePath,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  type Tokens,
  tokensFor,
} from '../../test/test-provider.ts';
import { BLOG_API, ISSUER } from '../../test/registrations.ts';

const BACK = 'https://shop.example/auth/logged-out';

const path = (params: Record<string, string>) => `/end-session?${new URLSearchParams(params).toString()}`;

const sidOf = ({ id_token }: Tokens) => String(decodeJwt(id_token)['sid']);

describe('signing out', () => {
  let idp: TestProvider;
  let browser: Browser;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    browser = idp.browser();
    tokens = await tokensFor(idp, authorizePath(), 'ada', browser);
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const isSignedIn = async (one = browser) =>
    locationOf(await one.get(authorizePath({ prompt: 'none' }))).searchParams.get('error') === null;

  /** What the blog knows this browser's session by, as its API reads it in a token of the shop. */
  async function sidAtBlog(): Promise<string> {
    const login = authorizePath({ resource: BLOG_API, prompt: 'login' });
    const { access_token } = await tokensFor(idp, login, 'ada', browser);
    return String(decodeJwt(access_token)['sid']);
  }

  it('needs no confirmation when the sid is this browser’s own, as this client knows it', async () => {
    const params = {
      client_id: 'shop',
      logout_hint: sidOf(tokens),
      post_logout_redirect_uri: BACK,
      state: 'a b&c',
    };
    expect(locationOf(await browser.get(path(params))).href).toBe(`${BACK}?state=a+b%26c`);
    expect(await isSignedIn()).toBe(false);
    expect(browser.cookies.has('__Host-sso')).toBe(false);
  });

  it('needs none with a valid ID token as hint, even an expired one', async () => {
    idp.advanceClock(600);
    const params = { id_token_hint: tokens.id_token, post_logout_redirect_uri: BACK };
    expect(locationOf(await browser.get(path(params))).href).toBe(BACK);
    expect(await isSignedIn()).toBe(false);
  });

  it('F-05 needs none with an ID token whose key was retired, and published no more', async () => {
    await idp.provider.keys.rotate('ES256');
    idp.advanceClock(3600);
    await idp.provider.store.sweep(idp.provider.clock());
    await idp.provider.keys.reload();
    const params = { id_token_hint: tokens.id_token, post_logout_redirect_uri: BACK };
    expect(locationOf(await browser.get(path(params))).href).toBe(BACK);
    expect(await isSignedIn()).toBe(false);
  });

  it('needs none when the ID token is right and logout_hint says something else', async () => {
    const params = { id_token_hint: tokens.id_token, logout_hint: 'ada@example.com', ui_locales: 'de en' };
    expect(locationOf(await browser.get(path(params))).href).toBe(`${ISSUER}/signed-out`);
    expect(await isSignedIn()).toBe(false);
  });

  it('refuses an ID token of another site than client_id names, and signs nobody out', async () => {
    const params = { client_id: 'blog', id_token_hint: tokens.id_token };
    const response = await browser.get(path(params));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('belongs to another site');
    expect(await isSignedIn()).toBe(true);
  });

  it.each<readonly [string, () => Promise<Record<string, string>> | Record<string, string>]>([
    ['B-08 no parameters', () => ({})],
    ['B-08 only a state', () => ({ state: 'x' })],
    ['B-08 a hint we can’t believe', () => ({ id_token_hint: 'a.b.c', client_id: 'shop' })],
    ['T-14 an access token as hint', () => ({ id_token_hint: tokens.access_token, client_id: 'shop' })],
    [
      'B-08 the hint of another person',
      async () => ({ id_token_hint: (await tokensFor(idp, authorizePath(), 'ben')).id_token }),
    ],
    [
      'B-08 the sid of another browser',
      async () => ({ logout_hint: sidOf(await tokensFor(idp)), client_id: 'shop' }),
    ],
    [
      'B-08 what another site knows this very session by, read from a token for its API,',
      async () => ({ logout_hint: await sidAtBlog(), client_id: 'shop' }),
    ],
    [
      'B-08 the site’s own sid in the name of another site',
      async () => {
        await sidAtBlog();
        return { logout_hint: sidOf(tokens), client_id: 'blog' };
      },
    ],
    ['B-08 a sid without the name of a site', () => ({ logout_hint: sidOf(tokens) })],
    [
      'B-08 the id of the session itself, which the provider’s own pages carry,',
      async () => ({ logout_hint: await sessionIdOf(idp, tokens.access_token), client_id: 'shop' }),
    ],
    [
      'B-08 a sid that was spent when consent was taken back',
      async () => {
        await idp.provider.store.revokeConsent('sub-ada', 'shop', idp.provider.clock());
        return { logout_hint: sidOf(tokens), client_id: 'shop' };
      },
    ],
    ['B-09 what an image tag can send', () => ({ client_id: 'shop', post_logout_redirect_uri: BACK })],
  ])('%s leads to a confirmation page', async (_what, params) => {
    const asked = locationOf(await browser.get(path(await params())));
    expect(asked.origin + asked.pathname).toMatch(new RegExp(`^${ISSUER}/sign-out/`));
    expect(await isSignedIn()).toBe(true);
    const page = await browser.get(asked.pathname);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Sign out?');
    const done = locationOf(await browser.post(asked.pathname, {}));
    expect([`${ISSUER}/signed-out`, BACK]).toContain(done.href);
    expect(await isSignedIn()).toBe(false);
  });

  it.each([
    'https://evil.example/',
    `${BACK}/`,
    `${BACK}?x=1`,
    `${BACK}#x`,
    'https://SHOP.example/auth/logged-out',
    'https://shop.example:443/auth/logged-out',
    'http://shop.example/auth/logged-out',
    'https://shop.example@evil.example/auth/logged-out',
    'https://blog.example/auth/logged-out',
    'https://shop.example/auth/callback',
    '//evil.example',
    'javascript:alert(1)',
  ])('L-03 to %j redirects nowhere', async (post_logout_redirect_uri) => {
    for (const hint of [{}, { logout_hint: sidOf(tokens) }, { id_token_hint: tokens.id_token }]) {
      const response = await browser.get(path({ client_id: 'shop', post_logout_redirect_uri, ...hint }));
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
    }
  });

  it('L-03 without a client leads to no address at all', async () => {
    const response = await browser.get(path({ post_logout_redirect_uri: BACK }));
    expect(response.status).toBe(400);
  });

  it.each([
    ['an unknown client', path({ client_id: 'nobody' })],
    [
      'P-02 two return addresses',
      `${path({ client_id: 'shop' })}&post_logout_redirect_uri=a&post_logout_redirect_uri=b`,
    ],
  ])('%s is refused with a page', async (_what, address) => {
    expect((await browser.get(address)).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  it('by a POST from another site is taken up by a GET that carries the cookies', async () => {
    const form = { client_id: 'shop', logout_hint: sidOf(tokens), post_logout_redirect_uri: BACK };
    const held = locationOf(
      await idp.browser().post('/end-session', form, { origin: 'https://shop.example' }),
    );
    expect(held.search).toBe('');
    expect(locationOf(await browser.get(held.pathname)).href).toBe(BACK);
    expect(await isSignedIn()).toBe(false);
  });

  it('by a POST without a hint asks for confirmation', async () => {
    const held = locationOf(await idp.browser().post('/end-session', { client_id: 'shop' }));
    expect(locationOf(await browser.get(held.pathname)).pathname).toMatch(/^\/sign-out\//);
    expect(await isSignedIn()).toBe(true);
  });

  it('when nobody is signed in just goes back', async () => {
    const params = { client_id: 'shop', post_logout_redirect_uri: BACK, state: 's' };
    expect(locationOf(await idp.browser().get(path(params))).href).toBe(`${BACK}?state=s`);
  });

  it('P-13 can’t be confirmed from another site or browser', async () => {
    const asked = locationOf(await browser.get(path({ client_id: 'shop' })));
    expect((await browser.post(asked.pathname, {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await idp.browser().post(asked.pathname, {})).status).toBe(403);
    expect((await browser.post('/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect(await isSignedIn()).toBe(true);
  });
});
