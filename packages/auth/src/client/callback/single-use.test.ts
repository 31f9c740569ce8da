import { describe, expect, it } from 'vitest';
import { createMemorySingleUse } from '../../session/index.ts';
import { createTestClock, openTestSite } from '../../testing/index.ts';
import { createRelyingParty, type RelyingParty } from '../index.ts';

/** One site as two processes that share a database for what was used. */
async function openTwice() {
  const clock = createTestClock();
  const keys: string[] = [];
  const memory = createMemorySingleUse(clock);
  const spent = {
    consume: (key: string, until: number) => {
      keys.push(key);
      return memory.consume(key, until);
    },
  };
  const test = await openTestSite({ spent }, { clock });
  return { ...test, other: createRelyingParty(test.options), keys };
}

const post = (site: RelyingParty, token: string) =>
  site.handler(
    new Request('https://app.example/auth/backchannel-logout', {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    }),
  );

describe('what one process used up', () => {
  it('B-02 a logout token is refused by the other', async () => {
    const { site, other, issuer } = await openTwice();
    const token = await issuer.logoutToken();
    expect((await post(site, token))?.status).toBe(200);
    expect((await post(other, token))?.status).toBe(400);
  });

  it('P-14 a copied login cookie with the same answer opens nothing at the other, which asks nobody', async () => {
    const { browser, other, issuer } = await openTwice();
    const { callback } = issuer.authorize(await browser.startLogin());
    const copy = browser.request(callback.pathname + callback.search);
    await browser.visit(callback.pathname + callback.search);
    const answer = await other.handler(copy);
    expect(answer?.headers.get('location')).toBe('https://app.example/');
    expect(answer?.headers.getSetCookie().join()).not.toContain('__Host-session');
    expect(issuer.requests('token')).toHaveLength(1);
  });

  it('G19 is known to the store by a hash that tells nothing', async () => {
    const { browser, site, issuer, keys } = await openTwice();
    await browser.signIn();
    await post(site, await issuer.logoutToken({ jti: 'jti-1' }));
    expect(keys).toHaveLength(4);
    for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/);
  });
});

it('G18 a login while the store is down answers 503 and can be tried again', async () => {
  const spent = { consume: () => Promise.reject(new Error('database is locked')) };
  const { browser } = await openTestSite({ spent });
  const response = await browser.signIn({ returnTo: '/orders' });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('/auth/login?return_to=%2Forders');
  expect([...browser.cookies.keys()].some((name) => name.startsWith('__Host-login-'))).toBe(true);
});
