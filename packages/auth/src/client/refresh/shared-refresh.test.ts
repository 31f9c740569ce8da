import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RelyingParty } from '../index.ts';
import type { SharedResult } from './shared-result.ts';
import { MINUTE } from '../../foundation/index.ts';
import {
  createMemoryRevocations,
  createMemorySessionStore,
  createMemorySingleUse,
  type RefreshStore,
} from '../../session/index.ts';
import { createTestClock, openTestSite, type TestSite } from '../../testing/index.ts';

/** What the processes share. The test issuer takes a second use of a refresh token for theft, at once. */
async function openCluster(
  replaySeconds: number,
  change: { refreshes?: RefreshStore | undefined; options?: Pick<TestSite['options'], 'sessionKeys'> } = {},
): Promise<TestSite> {
  const clock = createTestClock();
  const { refreshes } = { refreshes: createMemorySessionStore(clock), ...change };
  const stores = { revocations: createMemoryRevocations(clock), spent: createMemorySingleUse(clock) };
  const { sessionKeys } = change.options ?? {};
  const options = { ...stores, ...(refreshes && { refreshes }), ...(sessionKeys && { sessionKeys }) };
  const test = await openTestSite(options, { clock, refreshReplaySeconds: replaySeconds });
  await test.browser.signIn();
  return test;
}

const refreshesAt = ({ issuer }: TestSite) =>
  issuer.requests('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');

/** Requests with the browser's present cookies, at one process after the other, all at the same moment. */
function storm({ browser }: TestSite, processes: readonly RelyingParty[], each: number) {
  const request = browser.request('/');
  return Promise.all(
    processes.flatMap((site) => Array.from({ length: each }, () => site.updateSession(request.clone()))),
  );
}

const sessionLines = (updates: Awaited<ReturnType<typeof storm>>) =>
  updates.flatMap(({ cookies }) =>
    cookies.filter(({ name }) => name === '__Host-session').map(({ line }) => line),
  );

describe('several processes at a provider that knows no second use of a refresh token', () => {
  let test: TestSite;
  beforeEach(async () => {
    test = await openCluster(0);
    test.issuer.clock.advance(9 * MINUTE);
  });

  it('pain 1 K-03: ask it once, and all give the browser the same session', async () => {
    const updates = await storm(test, [test.site, test.newProcess(), test.newProcess()], 20);
    expect(refreshesAt(test)).toHaveLength(1);
    expect(updates.every(({ session }) => session !== undefined)).toBe(true);
    const lines = sessionLines(updates);
    expect(lines).toHaveLength(60);
    expect(new Set(lines).size).toBe(1);
  });

  it('pain 3: give the same to a tab that comes late with the old cookie', async () => {
    const late = test.newProcess();
    const old = test.browser.request('/');
    await test.requestPage();
    test.issuer.clock.advance(29);
    const { session, cookies } = await late.updateSession(old);
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() - 29 + 10 * MINUTE);
    expect(cookies.some(({ name }) => name === '__Host-session')).toBe(true);
    expect(refreshesAt(test)).toHaveLength(1);
  });

  it('end the session at all of them when the provider refuses it', async () => {
    const updates = [];
    test.issuer.revokeRefreshTokens();
    for (const site of [test.site, test.newProcess()]) updates.push(...(await storm(test, [site], 2)));
    expect(updates.map(({ session }) => session)).toEqual([undefined, undefined, undefined, undefined]);
    expect(refreshesAt(test)).toHaveLength(1);
  });

  it('keep it while the provider is down, and try again after five seconds, once', async () => {
    const processes = [test.site, test.newProcess()];
    test.issuer.fail('token', { status: 503 });
    for (const { session } of await storm(test, processes, 3)) expect(session).toBeDefined();
    expect(refreshesAt(test)).toHaveLength(1);
    test.issuer.fail('token');
    test.issuer.clock.advance(5);
    const updates = await storm(test, processes, 3);
    expect(refreshesAt(test)).toHaveLength(2);
    expect(new Set(sessionLines(updates)).size).toBe(1);
  });

  it('believe nothing that somebody wrote into the store: neither junk nor the session of another person', async () => {
    const mallory = test.newBrowser();
    await mallory.signIn({ person: { sub: 'person-mallory' } });
    for (const planted of ['a.b.c.d', '', 'kept', mallory.cookies.get('__Host-session')?.value]) {
      const refreshes = { find: async () => planted, save: async () => undefined };
      const victim = await openCluster(0, { refreshes, options: test.options });
      victim.issuer.clock.advance(9 * MINUTE);
      expect((await victim.requestPage()).session?.user.sub).toBe('person-ada');
      expect(refreshesAt(victim)).toHaveLength(1);
    }
  });
});

const realTimeout = setTimeout;

/** Lets the clock of timers run until a promise is settled, however much else that waits for. */
async function afterTimers<T>(promise: Promise<T>): Promise<T> {
  const state = { isSettled: false };
  void promise.finally(() => (state.isSettled = true));
  while (!state.isSettled) {
    await vi.advanceTimersByTimeAsync(25);
    await new Promise((resolve) => void realTimeout(resolve, 0));
  }
  return promise;
}

/** A process that claimed the refresh and never came back. */
async function openWithDying(refreshes?: RefreshStore) {
  const test = await openCluster(0, refreshes ? { refreshes } : {});
  test.issuer.clock.advance(9 * MINUTE);
  const dying = test.newProcess();
  test.issuer.fail('token', 'timeout');
  void dying.updateSession(test.browser.request('/'));
  await vi.waitFor(() => expect(refreshesAt(test)).toHaveLength(1));
  test.issuer.fail('token');
  return test;
}

/** A store whose looks for a result a test can count. */
function countLooks(store: RefreshStore) {
  const looks: string[] = [];
  const find = (key: string) => {
    looks.push(key);
    return store.find(key);
  };
  return { looks, refreshes: { ...store, find } };
}

it('half a minute after a failure a process tries again after one look, without a wait', async () => {
  const { looks, refreshes } = countLooks(createMemorySessionStore(createTestClock()));
  const test = await openCluster(0, { refreshes });
  test.issuer.clock.advance(9 * MINUTE);
  test.issuer.fail('token', { status: 503 });
  await test.requestPage();
  test.issuer.fail('token');
  test.issuer.clock.advance(31);
  looks.length = 0;
  const { session } = await test.newProcess().updateSession(test.browser.request('/'));
  expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
  expect(looks).toHaveLength(1);
});

/** What a process of an earlier release writes for the same result. */
const earlierForms: Readonly<Record<SharedResult['kind'], (result: string) => string>> = {
  renewed: (result) => /"cookie":"([^"]+)"/.exec(result)?.[1] ?? '',
  kept: (result) => `kept ${/\d{10}/.exec(result)?.[0] ?? ''}`,
  ended: () => 'ended',
};

async function openBesideEarlier(toForm: (result: string) => string) {
  const store = createMemorySessionStore(createTestClock());
  const save: RefreshStore['save'] = (key, result, seconds) => store.save(key, toForm(result), seconds);
  const test = await openCluster(0, { refreshes: { ...store, save } });
  test.issuer.clock.advance(9 * MINUTE);
  return { test, late: test.browser.request('/') };
}

describe('beside a process of an earlier release, while a deploy rolls', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('the session that it renewed stays, and no refresh token is used a second time', async () => {
    const { test, late } = await openBesideEarlier(earlierForms.renewed);
    expect((await test.requestPage()).session).toBeDefined();
    const { session, cookies } = await afterTimers(test.newProcess().updateSession(late));
    expect(session?.user.sub).toBe('person-ada');
    expect(cookies).toEqual([]);
    expect(refreshesAt(test)).toHaveLength(1);
    expect((await test.requestPage()).session).toBeDefined();
  });

  it('the session that it left as it is stays', async () => {
    const { test, late } = await openBesideEarlier(earlierForms.kept);
    test.issuer.fail('token', { status: 503 });
    await test.requestPage();
    test.issuer.fail('token');
    const { session, cookies } = await afterTimers(test.newProcess().updateSession(late));
    expect(session?.user.sub).toBe('person-ada');
    expect(cookies).toEqual([]);
  });

  it('the session that it ended is over here as well, by the revocation', async () => {
    const { test, late } = await openBesideEarlier(earlierForms.ended);
    test.issuer.revokeRefreshTokens();
    expect((await test.requestPage()).session).toBeUndefined();
    expect((await afterTimers(test.newProcess().updateSession(late))).session).toBeUndefined();
  });
});

describe('a process that died while it asked', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  // Counted in looks: under load the made-up time runs ahead of the real work, which makes looks fewer, never more.
  it.each([
    { slow: 0, most: 26 },
    { slow: 400, most: 11 },
  ])(
    'holds the others up for five seconds at most, with a store that takes $slow ms',
    async ({ slow, most }) => {
      const store = createMemorySessionStore(createTestClock());
      let looks = 0;
      const find = async (key: string) => {
        looks += 1;
        await new Promise((resolve) => void setTimeout(resolve, slow));
        return store.find(key);
      };
      const test = await afterTimers(openWithDying({ ...store, find }));
      looks = 0;
      const { session, cookies } = await afterTimers(test.requestPage());
      expect(session).toBeDefined();
      expect(cookies).toEqual([]);
      expect(looks).toBeGreaterThan(1);
      expect(looks).toBeLessThanOrEqual(most);
    },
  );

  it('is replaced once its claim is over, and not before', async () => {
    const test = await openWithDying();
    test.issuer.clock.advance(74);
    expect((await afterTimers(test.requestPage())).session).toBeDefined();
    expect(refreshesAt(test)).toHaveLength(1);
    test.issuer.clock.advance(11);
    await afterTimers(test.requestPage());
    expect(refreshesAt(test)).toHaveLength(2);
  });

  it('has nothing written over what it may yet have done, also when the token is over', async () => {
    const test = await openWithDying();
    test.issuer.clock.advance(65);
    const { session, cookies } = await afterTimers(test.requestPage());
    expect(session).toBeDefined();
    expect(cookies).toEqual([]);
  });
});

const broken = () => Promise.reject(new Error('down'));

describe('a refresh store that fails', () => {
  it('G18 keeps the session while nobody can say who asks', async () => {
    const test = await openCluster(0, { refreshes: { find: broken, save: broken } });
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage()).session).toBeDefined();
    expect(refreshesAt(test)).toHaveLength(0);
    expect(test.events.at(-1)).toMatchObject({
      type: 'refresh.failed',
      code: 'store_unavailable',
      transient: true,
    });
  });

  it('loses no tokens that are here already', async () => {
    const test = await openCluster(0, {
      refreshes: { find: () => Promise.resolve(undefined), save: broken },
    });
    test.issuer.clock.advance(9 * MINUTE);
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
    expect(test.events.map(({ type }) => type)).toContain('refresh.unshared');
  });
});

it('without the store, processes rely on the provider to answer a second use alike', async () => {
  const strict = await openCluster(0, { refreshes: undefined });
  strict.issuer.clock.advance(9 * MINUTE);
  const refused = await storm(strict, [strict.site, strict.newProcess()], 1);
  expect(refused.filter(({ session }) => session === undefined)).toHaveLength(1);

  const replaying = await openCluster(10, { refreshes: undefined });
  replaying.issuer.clock.advance(9 * MINUTE);
  const answered = await storm(replaying, [replaying.site, replaying.newProcess()], 1);
  expect(answered.filter(({ session }) => session === undefined)).toHaveLength(0);
});
