import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite({ signedOutPath: '/signed-out' });
  await test.browser.signIn();
});

const own = { origin: 'https://app.example' };
const signOut = (headers: Record<string, string> = own) =>
  test.browser.visit('/auth/logout', { method: 'POST', headers });
const cookie = () => test.browser.request('/').headers.get('cookie');

describe('signing out', () => {
  it('ends the session here and sends the browser to end it at the provider, without any token', async () => {
    const sid = (await test.site.getSession(cookie()))?.sid;
    const response = await signOut();
    expect(response.status).toBe(303);
    const url = new URL(response.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe('https://issuer.example/end-session');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app',
      logout_hint: sid,
      post_logout_redirect_uri: 'https://app.example/auth/logged-out',
      state: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    expect(test.browser.cookies.has('__Host-fresh')).toBe(false);
  });

  it('B-10 pain 5: kills copies of the cookie at once', async () => {
    const copy = cookie();
    await signOut();
    expect(await test.site.getSession(copy)).toBeUndefined();
  });

  it('ends on the signed-out page, once: the state is used up', async () => {
    const state = new URL((await signOut()).headers.get('location') ?? '').searchParams.get('state');
    const back = await test.browser.visit(`/auth/logged-out?state=${state}`);
    expect(back.headers.get('location')).toBe('https://app.example/signed-out');
    const again = await test.browser.visit(`/auth/logged-out?state=${state}`);
    expect(again.headers.get('location')).toBe('https://app.example/');
  });

  it('ends the refresh token at the provider too (RFC 7009), and is not stopped by a failure there', async () => {
    await signOut();
    const [request] = test.issuer.requests('revocation');
    expect(request?.form.get('token_type_hint')).toBe('refresh_token');
    expect(request?.form.get('token')).toMatch(/^[\w-]{20,}$/);

    test.issuer.clock.advance(1);
    await test.browser.signIn();
    test.issuer.fail('revocation', { status: 503 });
    expect((await signOut()).status).toBe(303);
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'revocation.failed' }));
  });

  it('F-02 waits a second at most for a provider that is slow to revoke', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { arrived } = test.issuer.hold('revocation');
    const signedOut = signOut();
    await arrived;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await signedOut).status).toBe(303);
    expect(test.events.map(({ type }) => type)).not.toContain('revocation.failed');
  });

  it('can be followed by a new login at once', async () => {
    await signOut();
    test.issuer.clock.advance(1);
    await test.browser.signIn();
    expect(await test.site.getSession(cookie())).toBeDefined();
  });

  it('works while the provider is down: signed out here all the same', async () => {
    const restarted = test.newProcess();
    test.issuer.fail('discovery', 'refused');
    const response = await restarted.handler(
      test.browser.request('/auth/logout', { method: 'POST', headers: own }),
    );
    expect(response?.headers.get('location')).toBe('https://app.example/signed-out');
    expect(response?.headers.getSetCookie().join()).toContain('__Host-session=; Max-Age=0');
  });

  it('after the session was idle too long still ends it at the provider, which asks whom it may end', async () => {
    test.issuer.clock.advance(31 * MINUTE);
    const url = new URL((await signOut()).headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe('https://issuer.example/end-session');
    expect(url.searchParams.has('logout_hint')).toBe(false);
    const back = await test.browser.visit(`/auth/logged-out?state=${url.searchParams.get('state')}`);
    expect(back.headers.get('location')).toBe('https://app.example/signed-out');
  });

  it('F-02 sends nobody to a provider that has gone away since it was discovered', async () => {
    test.issuer.fail('discovery', 'refused');
    test.issuer.clock.advance(2);
    expect((await signOut()).headers.get('location')).toBe('https://app.example/signed-out');
    expect(await test.site.getSession(cookie())).toBeUndefined();
  });

  it('sends id_token_hint only where the site says so', async () => {
    test = await openTestSite({ idTokenHintAtLogout: true });
    await test.browser.signIn();
    const url = new URL((await signOut()).headers.get('location') ?? '');
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
  });
});

describe('CSRF: nobody is signed out by', () => {
  it.each<[string, Record<string, string>]>([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a sibling origin', { origin: 'https://evil.app.example' }],
    ['an origin that starts like ours', { origin: 'https://app.example.evil.example' }],
    ['our host over http', { origin: 'http://app.example' }],
    ['our host on another port', { origin: 'https://app.example:8443' }],
    ['an opaque origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a cross-site request without origin', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site request without origin', { 'sec-fetch-site': 'same-site' }],
    ['a request without origin and fetch metadata', { 'sec-fetch-site': '' }],
    [
      'a foreign origin that claims to be same-origin',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('%s', async (_what, headers) => {
    const response = await signOut(headers);
    expect(response.status).toBe(403);
    expect(test.browser.cookies.has('__Host-session')).toBe(true);
    expect(await test.site.getSession(cookie())).toBeDefined();
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'csrf.rejected' }));
  });

  it('B-09 an image or a link: a GET answers 405', async () => {
    expect((await test.browser.visit('/auth/logout')).status).toBe(405);
    expect(await test.site.getSession(cookie())).toBeDefined();
  });

  it('a foreign link to the way back: it leads to the start page and claims nothing', async () => {
    const response = await test.browser.visit('/auth/logged-out?state=foreign');
    expect(response.headers.get('location')).toBe('https://app.example/');
  });
});

it('a form of a page without referrer still signs out: its origin is null, its fetch metadata same-origin', async () => {
  const response = await signOut({ origin: 'null', 'sec-fetch-site': 'same-origin' });
  expect(response.status).toBe(303);
});

it('P-14 the state of a sign-out answers no login', async () => {
  const state = new URL((await signOut()).headers.get('location') ?? '').searchParams.get('state');
  const response = await test.browser.visit(
    `/auth/callback?code=x&state=${state}&iss=https://issuer.example`,
  );
  expect(response.status).toBe(400);
});
