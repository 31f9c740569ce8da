import { describe, expect, it } from 'vitest';
import { createMemoryRevocations } from '../index.ts';
import { openTestSite } from '../../testing/index.ts';

/** A database that can be away. */
async function openSite() {
  const state = { away: false };
  const memory = createMemoryRevocations(() => 0);
  const ask = <T>(work: () => Promise<T>) =>
    state.away ? Promise.reject(new Error('database is locked')) : work();
  const test = await openTestSite({
    revocations: {
      revoke: (revocation) => ask(() => memory.revoke(revocation)),
      isRevoked: (session) => ask(() => memory.isRevoked(session)),
    },
  });
  await test.browser.signIn();
  return { ...test, state };
}

describe('G18 while the site’s own store is down', () => {
  it.each([
    ['GET', '/auth/session'],
    ['POST', '/auth/logout'],
    ['GET', '/auth/callback?state=foreign'],
  ])('%s %s answers 503 with Retry-After, and the session cookie stays', async (method, path) => {
    const { browser, state } = await openSite();
    state.away = true;
    const response = await browser.visit(path, { method, headers: { origin: 'https://app.example' } });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.text()).not.toContain('locked');
    expect(browser.cookies.has('__Host-session')).toBe(true);
  });

  it('reading a session says so with the cause, and never that nobody is signed in', async () => {
    const { browser, site, state, events } = await openSite();
    state.away = true;
    await expect(site.getSession(browser.request('/').headers.get('cookie'))).rejects.toMatchObject({
      code: 'store_unavailable',
      transient: true,
      cause: expect.objectContaining({ message: 'database is locked' }),
    });
    expect(events.at(-1)).toMatchObject({ type: 'store.failed', store: 'revocations' });
  });

  it('everything goes on when it is back', async () => {
    const { browser, site, state } = await openSite();
    state.away = true;
    await browser.visit('/auth/session');
    state.away = false;
    expect(await site.getSession(browser.request('/').headers.get('cookie'))).toBeDefined();
  });
});
