import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { createMemorySessionStore, type SessionStore } from '../../session/index.ts';
import { createTestClock, openTestSite, type TestSite } from '../../testing/index.ts';

// Without `refreshes`: what each process for itself must not break.

const refreshesAt = ({ issuer }: TestSite) =>
  issuer.requests('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');
const cookieOf = ({ browser }: TestSite) => browser.request('/').headers.get('cookie');

async function openDue(options: Parameters<typeof openTestSite>[0] = {}, replaySeconds = 10) {
  const clock = createTestClock();
  const test = await openTestSite(options, { clock, refreshReplaySeconds: replaySeconds });
  await test.browser.signIn();
  clock.advance(9 * MINUTE);
  return test;
}

describe('a refresh that failed at one process', () => {
  it('writes nothing over the session that another one renewed', async () => {
    const test = await openDue();
    const [old, second] = [test.browser.request('/'), test.newProcess()];
    await test.requestPage();
    test.issuer.fail('token', { status: 503 });
    const { session, cookies } = await second.updateSession(old);
    expect(session).toBeDefined();
    expect(cookies).toEqual([]);
  });

  it('keeps an active person signed in when the token is over and the provider still away', async () => {
    const test = await openDue();
    test.issuer.fail('token', { status: 503 });
    for (let minutes = 0; minutes < 40; minutes += 4) {
      test.issuer.clock.advance(4 * MINUTE);
      expect((await test.requestPage()).session).toBeDefined();
    }
  });
});

describe('with a store of sessions', () => {
  it('a process that the provider refuses takes the session that another one saved meanwhile', async () => {
    const store = createMemorySessionStore(createTestClock());
    const saved: string[] = [];
    const stale: string[] = [];
    const lagging: SessionStore = {
      ...store,
      find: async (id) => stale.pop() ?? store.find(id),
      save: (id, sealed, ttlSeconds) => (saved.push(sealed), store.save(id, sealed, ttlSeconds)),
    };
    const test = await openDue({ sessionStore: lagging }, 0);
    const [request, second] = [test.browser.request('/'), test.newProcess()];
    await test.requestPage();
    // It read the row before the other process saved it anew, and is refused after that.
    stale.push(saved[0] ?? '');
    const { session, cookies } = await second.updateSession(request);
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
    expect(cookies).toEqual([]);
  });

  it('G18 tokens that came while it was away are saved when it is back, with no other refresh', async () => {
    const store = createMemorySessionStore(createTestClock());
    const state = { isAway: false };
    const flaky: SessionStore = {
      ...store,
      save: (...row) => (state.isAway ? Promise.reject(new Error('down')) : store.save(...row)),
    };
    const test = await openDue({ sessionStore: flaky }, 0);
    state.isAway = true;
    await expect(test.requestPage()).rejects.toMatchObject({ code: 'store_unavailable', transient: true });
    expect(test.events.map(({ type }) => type)).toContain('session.unsaved');
    state.isAway = false;
    test.issuer.clock.advance(5 * MINUTE);
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() - 5 * MINUTE + 10 * MINUTE);
    expect(refreshesAt(test)).toHaveLength(1);
  });
});

it('K-07 a refused refresh ends the session everywhere, copies of its cookie included', async () => {
  const test = await openDue();
  const copy = cookieOf(test);
  test.issuer.revokeRefreshTokens();
  expect((await test.requestPage()).session).toBeUndefined();
  expect(await test.site.getSession(copy)).toBeUndefined();
  // And a login in the same second is a new decision.
  await test.browser.signIn();
  expect(await test.site.getSession(cookieOf(test))).toBeDefined();
});

it('F-01 F-04 keys that can’t be had after a rotation cost one call in five seconds, not one a request', async () => {
  const test = await openDue();
  await test.issuer.keys.rotate();
  test.issuer.fail('jwks', 'refused');
  for (let request = 0; request < 10; request += 1) expect((await test.requestPage()).session).toBeDefined();
  expect(refreshesAt(test)).toHaveLength(1);
  expect(test.events.map(({ type }) => type)).not.toContain('token.refreshed');
  test.issuer.clock.advance(5);
  await test.requestPage();
  expect(refreshesAt(test)).toHaveLength(2);
});
