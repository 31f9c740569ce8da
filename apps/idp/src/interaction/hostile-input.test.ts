import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';
import { leastProcessorMilliseconds } from '@sso/auth/testing';
import { ISSUER } from '../../test/registrations.ts';

const PAGES = ['sign-in', 'select-account', 'consent', 'sign-out', 'authorize', 'end-session'];
const IDS = ['x', '%00', '..%2f..%2fetc', '__proto__', 'a%2Fb', 'a;b', '%F0%9F', "'--"];

describe('what nobody would type', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each(PAGES.flatMap((page) => IDS.map((id) => [`/${page}/${id}`])))(
    'X-03 X-08 %s is no page of anybody’s',
    async (path) => {
      const response = await idp.fetch(new Request(ISSUER + path));
      expect([400, 404, 410]).toContain(response.status);
      expect(await response.text()).not.toMatch(/\.ts:\d|SQLITE|<script/);
    },
  );

  it.each([
    '//consent',
    '/consent//x',
    '/Consent/x',
    '/consent/x/',
    '/./account/',
    '/account;x',
    '/%61ccount/x',
    '/account/take-back/x',
  ])('X-08 %s is no address of ours', async (path) => {
    const { href } = new URL(ISSUER);
    const response = await idp.fetch(new Request(href.slice(0, -1) + path));
    expect(response.status).toBe(404);
  });

  it.each(['sign-in', 'select-account', 'consent', 'sign-out'])(
    'X-15 prototype keys in the form of /%s change nothing and break nothing',
    async (page) => {
      const browser = idp.browser();
      await signIn(browser);
      const { pathname } = locationOf(await browser.get(authorizePath({ prompt: 'login' })));
      const form = {
        __proto__: 'x',
        constructor: 'x',
        'session[__proto__]': 'x',
        toString: 'x',
        hasOwnProperty: 'x',
      };
      const response = await browser.post(pathname.replace('sign-in', page), { ...form, ['__proto__']: 'x' });
      expect(response.status).toBeLessThan(500);
      expect((await browser.get(authorizePath({ prompt: 'none' }))).status).toBe(303);
    },
  );

  const long = 'a@'.repeat(25_000);
  it.each([
    ['scope', authorizePath({ scope: ' openid'.repeat(7000) })],
    ['scope of one word', authorizePath({ scope: long })],
    ['redirect_uri', authorizePath({ redirect_uri: `https://shop.example/${'/'.repeat(50_000)}` })],
    ['login_hint', authorizePath({ login_hint: long })],
    ['claims', authorizePath({ claims: `{"id_token":{"${long}":null}}` })],
    [
      'claims of many names',
      authorizePath({
        claims: JSON.stringify({
          userinfo: Object.fromEntries(
            [...Array.from({ length: 5000 }).keys()].map((key) => [`c${key}`, null]),
          ),
        }),
      }),
    ],
    ['prompt', authorizePath({ prompt: 'login '.repeat(8000) })],
    ['ui_locales', authorizePath({ ui_locales: 'de-'.repeat(17_000) })],
    ['request_uri', authorizePath({ request_uri: `urn:ietf:params:oauth:request_uri:${long}` })],
    ['id_token_hint', authorizePath({ id_token_hint: '.'.repeat(50_000) })],
    [
      'post_logout_redirect_uri',
      `/end-session?client_id=shop&post_logout_redirect_uri=${'%2F'.repeat(50_000)}`,
    ],
  ])('X-16 P-27 50 kB of %s cost less than 50 ms of processor', async (_what, path) => {
    const headers = { 'accept-language': 'a,'.repeat(25_000), 'user-agent': '('.repeat(50_000) };
    const cost = await leastProcessorMilliseconds(
      async () => {
        const response = await idp.fetch(new Request(ISSUER + path, { headers }));
        expect(response.status).toBeLessThan(500);
      },
      { process },
    );
    expect(cost).toBeLessThan(50);
  });

  it('P-27 a request without openid, or without any scope, is one for no claims', async () => {
    for (const scope of [undefined, 'profile', 'nonsense']) {
      const callback = await signIn(idp.browser(), authorizePath({ scope }));
      expect(callback.searchParams.get('code')).not.toBeNull();
    }
  });
});
