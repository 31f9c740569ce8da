import { beforeEach, describe, expect, it } from 'vitest';
import { openTestSite, type TestBrowser, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

const pendingOf = ({ cookies }: TestBrowser) =>
  [...cookies.keys()].filter((name) => name.startsWith('__Host-login-'));

const finish = async (address: string) => {
  const { callback } = test.issuer.authorize(address);
  return test.browser.visit(callback.pathname + callback.search);
};

/** Starts a login in a tab that sees the cookies as they were before the others; the browser keeps what it sets. */
async function startInTab(page: string): Promise<string> {
  const tab = test.newBrowser();
  const address = await tab.startLogin(page);
  for (const [name, cookie] of tab.cookies) test.browser.cookies.set(name, cookie);
  return address;
}

describe('pain 11: logins that were begun', () => {
  it('P-29 at the same moment in several tabs don’t lose each other', async () => {
    const addresses = await Promise.all(['/one', '/two', '/three'].map(startInTab));
    const answers = await Promise.all(addresses.map(finish));
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
      'https://app.example/one',
      'https://app.example/two',
      'https://app.example/three',
    ]);
    expect(pendingOf(test.browser)).toEqual([]);
  });

  it('never pile up: the oldest gives way', async () => {
    const first = await test.browser.startLogin();
    for (let tab = 0; tab < 10; tab += 1) {
      test.issuer.clock.advance(1);
      await test.browser.startLogin();
    }
    expect(pendingOf(test.browser)).toHaveLength(4);
    expect((await finish(first)).status).toBe(400);
    const size = test.browser.request('/').headers.get('cookie')?.length ?? 0;
    expect(size).toBeLessThan(1700);
  });

  it('take along what was never ours, and C-08 repeat no name that can’t be', async () => {
    for (const id of ['', 'x', 'x'.repeat(22)])
      test.browser.cookies.set(`__Host-login-${id}`, {
        value: 'a.b.c.d',
        expiresAt: Number.POSITIVE_INFINITY,
      });
    const response = await test.browser.visit('/auth/login');
    const removed = response.headers.getSetCookie().filter((line) => line.includes('Max-Age=0'));
    expect(removed.map((line) => line.split('=')[0])).toEqual([`__Host-login-${'x'.repeat(22)}`]);
  });

  it('P-07 P-14 answer to their own state only, under whatever name they come', async () => {
    const address = await test.browser.startLogin();
    const [name = ''] = pendingOf(test.browser);
    const cookie = test.browser.cookies.get(name);
    test.browser.cookies.clear();
    const other = 'y'.repeat(22);
    if (cookie) test.browser.cookies.set(`__Host-login-${other}`, cookie);
    const { callback } = test.issuer.authorize(address);
    callback.searchParams.set('state', other);
    expect((await test.browser.visit(callback.pathname + callback.search)).status).toBe(400);
    expect(test.issuer.requests('token')).toHaveLength(0);
  });

  it.each(['%0d%0aset-cookie:a=b', ';', 'x'.repeat(5000), '__proto__'])(
    'C-08 are not named by a state like %j',
    async (state) => {
      const response = await test.browser.visit(`/auth/callback?code=x&state=${state}`);
      expect(response.status).toBe(400);
      expect(response.headers.getSetCookie()).toEqual([]);
    },
  );
});
