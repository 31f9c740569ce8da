import { beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { MINUTE } from '../../foundation/index.ts';
import { createMemoryRevocations } from '../../session/index.ts';
import { createRelyingParty } from '../index.ts';
import { createTestClock, openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const cookie = () => test.browser.request('/').headers.get('cookie');
const current = () => test.site.getSession(cookie());
const refreshes = () =>
  test.issuer.requests('token').filter(({ form }) => form.get('grant_type') === 'refresh_token').length;

/** Ada may only read from now on, and the provider says so; then the second is over. */
async function takeAway() {
  test.issuer.alter({ accessToken: { claims: { permissions: ['things.read'] } } });
  await tell();
  test.issuer.clock.advance(1);
}

async function tell() {
  const headers = { 'content-type': 'application/secevent+jwt' };
  const init = { method: 'POST', headers, body: await test.issuer.securityEvent() };
  await test.site.handler(new Request('https://app.example/auth/security-events', init));
}

describe('N-03 once permissions have changed', () => {
  it('the next request that can set a cookie renews first, long before that is due', async () => {
    await takeAway();
    const { session, cookies } = await test.requestPage();
    expect(session?.permissions).toEqual(['things.read']);
    expect(cookies.map(({ name }) => name)).toContain('__Host-session');
    expect((await current())?.permissions).toEqual(['things.read']);
    expect(refreshes()).toBe(1);
  });

  it('so it does where the marker cookie says that nothing is due', async () => {
    await takeAway();
    expect(test.browser.cookies.has('__Host-fresh')).toBe(true);
    const { session, response } = await test.site.updateSession(test.browser.request('/'), { isFresh: true });
    expect([session?.permissions, response]).toEqual([['things.read'], undefined]);
  });

  it('and without a change the marker cookie is heeded as ever', async () => {
    test.issuer.clock.advance(25 * MINUTE);
    const { cookies } = await test.site.updateSession(test.browser.request('/'), { isFresh: true });
    expect([cookies, refreshes()]).toEqual([[], 0]);
  });

  it('a request that can set no cookie sees a session without permissions', async () => {
    await takeAway();
    const session = await current();
    expect([session?.user.sub, session?.permissions]).toEqual(['person-ada', []]);
    expect(session?.can('things.read')).toBe(false);
    expect(refreshes()).toBe(0);
  });

  it('N-05 an open tab that looks has its session renewed, and that is no use of it', async () => {
    await takeAway();
    const before = await current();
    test.issuer.clock.advance(60);
    const response = await test.browser.visit('/auth/session');
    expect(await response.json()).toMatchObject({ session: { permissions: ['things.read'] } });
    const after = await current();
    expect(after?.permissions).toEqual(['things.read']);
    expect(after?.times.lastSeenAt).toBe(before?.times.lastSeenAt);
  });

  it('a session that was renewed since is left alone', async () => {
    await takeAway();
    await test.requestPage();
    await test.requestPage();
    expect(refreshes()).toBe(1);
  });

  it('ten requests with the old cookie renew once', async () => {
    await takeAway();
    const updates = await Promise.all(Array.from({ length: 10 }, () => test.site.refreshSession(cookie())));
    expect(updates.map(({ session }) => session?.permissions)).toEqual(
      Array.from({ length: 10 }, () => ['things.read']),
    );
    expect(refreshes()).toBe(1);
  });

  it('an answer of a refresh from before the change is renewed at once', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    const old = cookie();
    await test.site.refreshSession(old);
    await takeAway();
    const { session } = await test.site.refreshSession(old);
    expect([session?.permissions, refreshes()]).toEqual([['things.read'], 2]);
  });

  it('another process renews as well', async () => {
    const clock = createTestClock();
    test = await openTestSite({ revocations: createMemoryRevocations(clock), clock }, { clock });
    await test.browser.signIn();
    await takeAway();
    const { session } = await test.newProcess().refreshSession(cookie());
    expect(session?.permissions).toEqual(['things.read']);
  });

  it('a provider that is down signs nobody out, and the session has no permissions', async () => {
    await takeAway();
    test.issuer.fail('token', 'refused');
    const { session } = await test.requestPage();
    expect([session?.user.sub, session?.permissions]).toEqual(['person-ada', []]);
    test.issuer.fail('token');
    test.issuer.clock.advance(6);
    expect((await test.requestPage()).session?.permissions).toEqual(['things.read']);
  });

  it('a provider that no longer renews ends the session', async () => {
    const browser = test.newBrowser();
    const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
    await browser.visit(callback.pathname + callback.search);
    await takeAway();
    if (signOn) test.issuer.signOut(signOn);
    expect((await test.requestPage(browser)).session).toBeUndefined();
  });

  it('a token for another API is asked for anew', async () => {
    const blog = 'https://other.example';
    const first = await test.site.tokenFor(cookie(), blog);
    await takeAway();
    const second = await test.site.tokenFor(cookie(), blog);
    expect(decodeJwt(second).iat).toBeGreaterThan(decodeJwt(first).iat ?? Infinity);
  });

  it('other people keep theirs', async () => {
    await takeAway();
    const ben = test.newBrowser();
    await ben.signIn({ person: { sub: 'person-ben' } });
    test.issuer.clock.advance(1);
    await test.site.refreshSession(ben.request('/').headers.get('cookie'));
    expect(refreshes()).toBe(0);
  });
});

describe('a session says how old its permissions are', () => {
  it('when they were last confirmed, and the greatest age at which they count', async () => {
    const signedIn = test.issuer.clock();
    test.issuer.clock.advance(60);
    const { times } = (await current()) ?? {};
    expect(times).toMatchObject({ permissionsConfirmedAt: signedIn, permissionsMaxAgeSeconds: 1200 });
  });

  it('nothing where the site asks for no token of its own', async () => {
    const { audience: _unread, ...options } = test.options;
    const site = createRelyingParty(options);
    expect((await site.getSession(cookie()))?.times).toMatchObject({
      permissionsConfirmedAt: undefined,
      permissionsMaxAgeSeconds: undefined,
    });
  });
});
