import { beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';

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
    await test.pass();
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
      'the provider is away',
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
