import { beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE } from '../../foundation/index.ts';
import { openTestSite, type TestSite } from '../../testing/index.ts';

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
