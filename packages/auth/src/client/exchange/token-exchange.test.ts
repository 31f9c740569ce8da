import { beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE, randomId } from '../../foundation/index.ts';
import { createTestBrowser, createTestIssuer, openTestSite, type TestSite } from '../../testing/index.ts';
import { createRelyingParty } from '../relying-party.ts';

const blog = 'https://blog.example/api';
let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const cookie = () => test.browser.request('/').headers.get('cookie');
const exchanges = () =>
  test.issuer.requests('token').filter(({ form }) => form.get('grant_type')?.endsWith('token-exchange'));

describe('a token for another audience', () => {
  it('pain 15: is exchanged for the own one (RFC 8693)', async () => {
    const token = await test.site.tokenFor(cookie(), blog);
    expect(decodeJwt(token)).toMatchObject({ aud: blog, sub: 'person-ada' });
    const [request] = exchanges();
    expect(request?.form.get('resource')).toBe(blog);
    expect(request?.form.get('subject_token_type')).toBe('urn:ietf:params:oauth:token-type:access_token');
    expect(decodeJwt(request?.form.get('subject_token') ?? '').aud).toBe(test.issuer.audience);
  });

  it('is asked for once, however many want it, until 30 s before its end', async () => {
    await Promise.all(Array.from({ length: 10 }, () => test.site.tokenFor(cookie(), blog)));
    test.issuer.clock.advance(10 * MINUTE - 31);
    await test.site.tokenFor(cookie(), blog);
    expect(exchanges()).toHaveLength(1);
  });

  it('T-40 ends with the own one, and is kept no longer', async () => {
    test.issuer.clock.advance(8 * MINUTE);
    const own = decodeJwt(await test.site.tokenFor(cookie(), test.issuer.audience));
    expect(decodeJwt(await test.site.tokenFor(cookie(), blog)).exp).toBe(own.exp);
    test.issuer.clock.advance(89);
    await test.site.tokenFor(cookie(), blog);
    expect(exchanges()).toHaveLength(1);
    test.issuer.clock.advance(2);
    await test.site.tokenFor(cookie(), blog);
    expect(exchanges()).toHaveLength(2);
  });

  it('pain 17: is asked for anew once the own token was renewed, so that new permissions count', async () => {
    await test.site.tokenFor(cookie(), blog);
    test.issuer.clock.advance(9 * MINUTE);
    await test.requestPage();
    await test.site.tokenFor(cookie(), blog);
    expect(exchanges()).toHaveLength(2);
  });

  it('belongs to one session: another person gets their own', async () => {
    const ben = test.newBrowser();
    await ben.signIn({ person: { sub: 'person-ben' } });
    await test.site.tokenFor(cookie(), blog);
    const token = await test.site.tokenFor(ben.request('/').headers.get('cookie'), blog);
    expect(decodeJwt(token).sub).toBe('person-ben');
  });

  it('for this site itself is the own one, without a call', async () => {
    const token = await test.site.tokenFor(cookie(), test.issuer.audience);
    expect(decodeJwt(token).aud).toBe(test.issuer.audience);
    expect(exchanges()).toHaveLength(0);
  });

  it.each([
    [
      'nobody is signed in',
      async () => test.browser.cookies.clear(),
      { code: 'session_invalid', transient: false },
    ],
    [
      'the provider is down',
      async () => test.issuer.fail('token', 'refused'),
      { code: 'provider_unavailable', transient: true },
    ],
    [
      'the provider answers with a page',
      async () => test.issuer.fail('token', 'html'),
      { code: 'provider_unavailable', transient: true },
    ],
    [
      'the answer is no access token',
      async () =>
        test.issuer.alter({ response: { issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' } }),
      { code: 'token_exchange_rejected' },
    ],
  ])('is refused with its reason when %s', async (_what, arrange, expected) => {
    await arrange();
    await expect(test.site.tokenFor(cookie(), blog)).rejects.toMatchObject(expected);
  });

  it('is refused when the sign-on session has ended, and the message names no secret', async () => {
    const browser = test.newBrowser();
    const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
    await browser.visit(callback.pathname + callback.search);
    if (signOn) test.issuer.signOut(signOn);
    const failure = test.site.tokenFor(browser.request('/').headers.get('cookie'), blog);
    await expect(failure).rejects.toMatchObject({
      code: 'token_exchange_rejected',
      message: expect.stringContaining('invalid_request'),
    });
    expect(JSON.stringify(test.events)).not.toContain('eyJ');
  });

  it('is tried again after a failure', async () => {
    test.issuer.fail('token', 'refused');
    await expect(test.site.tokenFor(cookie(), blog)).rejects.toThrow(/provider_unavailable/);
    test.issuer.fail('token');
    expect(await test.site.tokenFor(cookie(), blog)).toMatch(/^eyJ/);
  });
});

describe('B-10 a copied cookie after the session ended', () => {
  it.each(['a sign-out here', 'a logout by the provider'])(
    'gets no token for another API: %s',
    async (how) => {
      const own = await openTestSite();
      await own.browser.signIn();
      const copy = own.browser.request('/').headers.get('cookie');
      const sid = (await own.site.getSession(copy))?.sid;
      if (how === 'a sign-out here') {
        const headers = { origin: 'https://app.example' };
        await own.browser.visit('/auth/logout', { method: 'POST', headers });
      } else {
        const body = new URLSearchParams({ logout_token: await own.issuer.logoutToken({ sid }) });
        const path = '/auth/backchannel-logout';
        await own.site.handler(new Request(`https://app.example${path}`, { method: 'POST', body }));
      }
      const before = own.issuer.requests('token').length;
      await expect(own.site.tokenFor(copy, 'https://other.example')).rejects.toMatchObject({
        code: 'session_invalid',
      });
      expect(own.issuer.requests('token')).toHaveLength(before);
    },
  );
});

it('G19 a failure holds no token, code or secret, however deep one looks', async () => {
  const own = await openTestSite();
  await own.browser.signIn();
  own.issuer.alter({ response: { access_token: undefined, refresh_token: 'canary', id_token: 'canary' } });
  const signedIn = own.browser.request('/').headers.get('cookie');
  const failure: unknown = await own.site
    .tokenFor(signedIn, 'https://other.example')
    .catch((error: unknown) => error);
  const said = describeDeeply(failure) + JSON.stringify(own.events);
  expect(said).toContain('exchange.failed');
  const sent = own.issuer
    .requests('token')
    .flatMap(({ form, headers }) => [...form.values(), ...headers.values()]);
  const secrets = [...sent, 'canary', 'app-secret'].filter(
    (value) => value.length > 20 || value === 'canary',
  );
  expect(
    secrets.filter(
      (secret) => !secret.startsWith('http') && !secret.startsWith('urn:') && said.includes(secret),
    ),
  ).toEqual([]);
});

/** Everything that a logger could find on an error: own properties of it and of all its causes, hidden ones included. */
function describeDeeply(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null || depth > 8) return String(value);
  const names = Reflect.ownKeys(value);
  return names
    .map((name) => `${String(name)}: ${describeDeeply(Reflect.get(value, name), depth + 1)}`)
    .join('\n');
}

/** A provider whose access tokens are opaque, as Google’s are. */
async function openOpaque(response: Record<string, unknown> = {}) {
  const issuer = await createTestIssuer();
  const site = createRelyingParty({
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    clientSecret: 'app-secret',
    baseUrl: 'https://app.example',
    sessionKeys: [randomId(32)],
    fetch: issuer.fetch,
    clock: issuer.clock,
  });
  const browser = createTestBrowser({ handler: site.handler, baseUrl: site.baseUrl, issuer });
  const answer = (token: string) =>
    issuer.alter({
      response: { access_token: token, expires_in: 3600, ...response },
      idToken: { claims: { at_hash: undefined } },
    });
  answer('ya29.first');
  await browser.signIn();
  const cookies = () => browser.request('/').headers.get('cookie');
  return { issuer, site, answer, cookies };
}

describe('a token without an audience', () => {
  it('is the session’s own access token, as the provider issued it', async () => {
    const { site, cookies } = await openOpaque();
    expect(await site.tokenFor(cookies())).toBe('ya29.first');
  });

  it('is renewed like any other', async () => {
    const { issuer, site, answer, cookies } = await openOpaque();
    answer('ya29.second');
    issuer.clock.advance(25 * MINUTE);
    const touched = await site.refreshSession(cookies());
    expect(await touched.tokenFor()).toBe('ya29.first');
    const kept = touched.cookies.map(({ line }) => line.split(';')[0]).join('; ');
    issuer.clock.advance(29 * MINUTE);
    const again = await site.refreshSession(kept);
    issuer.clock.advance(5 * MINUTE);
    const renewed = await site.refreshSession(again.cookies.map(({ line }) => line.split(';')[0]).join('; '));
    expect(await renewed.tokenFor()).toBe('ya29.second');
  });

  it('is the one for the site’s own API where there is an audience', async () => {
    expect(decodeJwt(await test.site.tokenFor(cookie())).aud).toBe(test.issuer.audience);
    expect(exchanges()).toHaveLength(0);
  });

  it('is not given out once it is over and nothing renews it', async () => {
    const { issuer, site, cookies } = await openOpaque({ refresh_token: undefined, expires_in: 600 });
    issuer.clock.advance(10 * MINUTE);
    await expect(site.tokenFor(cookies())).rejects.toMatchObject({ code: 'session_invalid' });
  });

  it('is nothing where nobody is signed in', async () => {
    test.browser.cookies.clear();
    await expect(test.site.tokenFor(cookie())).rejects.toMatchObject({ code: 'session_invalid' });
  });
});
