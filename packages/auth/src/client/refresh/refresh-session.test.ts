import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { openTestSite, type TestBrowser, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const refreshes = () =>
  test.issuer.requests('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');
const cookieOf = (browser: TestBrowser) => browser.request('/').headers.get('cookie');

describe('a session is renewed', () => {
  it('a minute before its access token ends, and not before', async () => {
    test.issuer.clock.advance(9 * MINUTE - 1);
    await test.requestPage();
    expect(refreshes()).toHaveLength(0);
    test.issuer.clock.advance(1);
    const { session } = await test.requestPage();
    expect(refreshes()).toHaveLength(1);
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
  });

  it('with the same audience, so that the new token is for this API', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    await test.requestPage();
    expect(refreshes()[0]?.form.get('resource')).toBe(test.issuer.audience);
  });

  it('pain 1 K-03: once, however many requests find it due, and all see the same cookie', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    const all = await Promise.all(Array.from({ length: 20 }, () => test.requestPage()));
    expect(refreshes()).toHaveLength(1);
    expect(new Set(all.map(({ cookies }) => cookies.map(({ line }) => line).join())).size).toBe(1);
  });

  it('pain 1: once, also for a request that still carries the old cookie when the new one is there', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    const late = test.newBrowser();
    for (const [name, cookie] of test.browser.cookies) late.cookies.set(name, cookie);
    await test.requestPage();
    test.issuer.clock.advance(29);
    const { session, cookies } = await test.requestPage(late);
    expect(refreshes()).toHaveLength(1);
    expect(session).toBeDefined();
    expect(cookies.find(({ name }) => name === '__Host-session')?.value).toBe(
      test.browser.cookies.get('__Host-session')?.value,
    );
  });

  it('again and again, each time with the newest refresh token', async () => {
    for (let round = 0; round < 5; round += 1) {
      test.issuer.clock.advance(9 * MINUTE);
      expect((await test.requestPage()).session).toBeDefined();
    }
    const tokens = refreshes().map(({ form }) => form.get('refresh_token'));
    expect(new Set(tokens).size).toBe(5);
  });

  it('pain 17: with the permissions that the person has now', async () => {
    test.issuer.alter({ accessToken: { claims: { permissions: ['things.read'] } } });
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage()).session?.permissions).toEqual(['things.read']);
  });

  it('K-10 never where no cookie can be set: reading alone renews nothing', async () => {
    test.issuer.clock.advance(9 * MINUTE + 30);
    expect(await test.site.getSession(cookieOf(test.browser))).toBeDefined();
    expect(refreshes()).toHaveLength(0);
  });

  it('when its token lives shorter than a minute: at half its life, not at every request', async () => {
    test = await openTestSite({}, { accessTokenSeconds: 40 });
    await test.browser.signIn();
    await test.requestPage();
    expect(refreshes()).toHaveLength(0);
    test.issuer.clock.advance(20);
    await test.requestPage();
    expect(refreshes()).toHaveLength(1);
  });
});

describe('the marker that nothing is due', () => {
  it('goes when the next touch is due, and comes back with it', async () => {
    test.issuer.clock.advance(5 * MINUTE - 1);
    expect(cookieOf(test.browser)).toContain('__Host-fresh=1');
    test.issuer.clock.advance(1);
    expect(cookieOf(test.browser)).not.toContain('__Host-fresh');
    const { session } = await test.requestPage();
    expect(session?.times.idleEndsAt).toBe(test.issuer.clock() + 30 * MINUTE);
    expect(cookieOf(test.browser)).toContain('__Host-fresh=1');
  });

  it('a touch never overtakes a refresh: in the minute before it nothing is sealed anew', async () => {
    test.issuer.clock.advance(8 * MINUTE + 1);
    const { cookies } = await test.requestPage();
    expect(cookies.map(({ name }) => name)).toEqual(['__Host-fresh']);
  });
});

it('G10 a session ends after 12 hours however often it was renewed', async () => {
  for (let minutes = 0; minutes < 12 * 60; minutes += 9) {
    test.issuer.clock.advance(9 * MINUTE);
    await test.requestPage();
  }
  expect(await test.site.getSession(cookieOf(test.browser))).toBeUndefined();
});
