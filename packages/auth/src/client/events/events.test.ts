import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryRevocations, type RevocationStore } from '../../session/index.ts';
import { createTestClock, openTestSite, type TestBrowser, type TestSite } from '../../testing/index.ts';
import { createProcessMemory, createRelyingParty, type RelyingParty } from '../index.ts';
import type { EventStreams } from './event-streams.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(async () => {
  for (const { open } of memories) open.clear();
  memories.length = 0;
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
});

/** Of all sites that a test opened: without streams their timers stop. */
const memories: EventStreams[] = [];

type Options = Parameters<typeof openTestSite>[0];

/** A site with a person signed in, and the memory of its one process. */
async function openSite(options: Options = {}, clock = createTestClock()) {
  const memory = createProcessMemory(clock);
  const test = await openTestSite({ memory, clock, ...options }, { clock });
  await test.browser.signIn();
  memories.push(memory.streams);
  return { ...test, clock, streams: memory.streams };
}

const SCRIPT = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };

/** A tab that holds a stream. */
async function openTab(
  { site, browser }: { site: RelyingParty; browser: TestBrowser },
  init: RequestInit = {},
): Promise<Response> {
  const headers = { ...SCRIPT, ...Object.fromEntries(new Headers(init.headers)) };
  const response = await site.handler(browser.request('/auth/events', { ...init, headers }));
  if (!response) throw new Error('not answered');
  return response;
}

/** What a stream has said when it was closed. */
const words = async (tab: Response) =>
  [...(await tab.text()).matchAll(/^data: (\w+)$/gm)].map(([, word]) => word);

async function logOut({ issuer }: TestSite, site: RelyingParty, claims: Record<string, unknown>) {
  const body = new URLSearchParams({ logout_token: await issuer.logoutToken(claims) });
  const request = new Request('https://app.example/auth/backchannel-logout', { method: 'POST', body });
  expect((await site.handler(request))?.status).toBe(200);
}

const sessionOf = ({ site, browser }: TestSite) =>
  site.getSession(browser.request('/').headers.get('cookie'));

/** A second passes in the process, and whatever it asked is answered. */
async function passSeconds(clock: ReturnType<typeof createTestClock>, seconds: number) {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1);
    await vi.advanceTimersByTimeAsync(1000);
  }
}

/** The same site in another process. */
const anotherProcess = ({ options }: TestSite) =>
  createRelyingParty({ ...options, memory: createProcessMemory(options.clock ?? createTestClock()) });

/** The store that two processes share, and how often it was asked what is new. */
function createSharedStore(clock: ReturnType<typeof createTestClock>) {
  const store = createMemoryRevocations(clock);
  const asked: number[] = [];
  const shared: RevocationStore = {
    ...store,
    findSince: async (moment) => {
      asked.push(moment);
      return (await store.findSince?.(moment)) ?? [];
    },
  };
  return { shared, asked, store };
}

describe('B-20 pain 4: a tab that holds an event stream', () => {
  it.each([
    ['its session', async (test: TestSite) => ({ sid: (await sessionOf(test))?.sid })],
    ['its person', async () => ({ sid: undefined, sub: 'person-ada' })],
  ])('hears at once when the provider ends %s', async (_what, claimsOf) => {
    const test = await openSite();
    const tab = await openTab(test);
    await logOut(test, test.site, await claimsOf(test));
    expect(await words(tab)).toEqual(['changed']);
    expect(test.streams.open.size).toBe(0);
  });

  it('hears when another login of its browser takes the place of its session', async () => {
    const test = await openSite();
    const tab = await openTab(test);
    await test.browser.signIn();
    expect(await words(tab)).toEqual(['changed']);
  });

  it('hears nothing of another session of the same person', async () => {
    const test = await openSite();
    const other = test.newBrowser();
    await other.signIn();
    await openTab(test);
    const gone = await openTab({ site: test.site, browser: other });
    const cookie = other.request('/').headers.get('cookie');
    await logOut(test, test.site, { sid: (await test.site.getSession(cookie))?.sid });
    expect(await words(gone)).toEqual(['changed']);
    expect(test.streams.open.size).toBe(1);
  });

  it('hears within a second of what another process was told', async () => {
    const clock = createTestClock();
    const { shared } = createSharedStore(clock);
    const test = await openSite({ revocations: shared }, clock);
    const tab = await openTab(test);
    await logOut(test, anotherProcess(test), { sid: (await sessionOf(test))?.sid });
    expect(test.streams.open.size).toBe(1);
    await passSeconds(clock, 1);
    expect(await words(tab)).toEqual(['changed']);
  });
});

/** The provider says that the permissions of a person have changed in this second. */
async function changePermissions({ issuer }: TestSite, site: RelyingParty, sub = 'person-ada') {
  const sub_id = { format: 'iss_sub', iss: issuer.issuer, sub };
  const headers = { 'content-type': 'application/secevent+jwt' };
  const init = { method: 'POST', headers, body: await issuer.securityEvent({ sub_id }) };
  const request = new Request('https://app.example/auth/security-events', init);
  expect((await site.handler(request))?.status).toBe(202);
}

describe('N-05 a tab that holds an event stream, when permissions change,', () => {
  it('hears at once, and its next stream opens once it has looked', async () => {
    const test = await openSite();
    const tab = await openTab(test);
    await changePermissions(test, test.site);
    expect(await words(tab)).toEqual(['changed']);
    const early = await openTab(test);
    expect(await words(early)).toEqual(['changed']);
    test.clock.advance(1);
    await test.browser.visit('/auth/session');
    await openTab(test);
    expect(test.streams.open.size).toBe(1);
  });

  it('hears nothing of another person', async () => {
    const test = await openSite();
    await openTab(test);
    await changePermissions(test, test.site, 'person-ben');
    expect(test.streams.open.size).toBe(1);
  });

  it('hears nothing of a change that its token is younger than', async () => {
    const test = await openSite();
    const sub_id = { format: 'iss_sub', iss: test.issuer.issuer, sub: 'person-ada' };
    const earlier = await test.issuer.forge('event', {
      claims: { sub_id },
      payloadText: (text) => text.replace(/("event_timestamp":)\d+/, `$1${test.clock() - 1}`),
    });
    await openTab(test);
    const headers = { 'content-type': 'application/secevent+jwt' };
    const init = { method: 'POST', headers, body: earlier };
    await test.site.handler(new Request('https://app.example/auth/security-events', init));
    expect(test.streams.open.size).toBe(1);
  });

  it('hears within a second of what another process was told', async () => {
    const clock = createTestClock();
    const { shared } = createSharedStore(clock);
    const test = await openSite({ revocations: shared }, clock);
    const tab = await openTab(test);
    await changePermissions(test, anotherProcess(test));
    expect(test.streams.open.size).toBe(1);
    await passSeconds(clock, 1);
    expect(await words(tab)).toEqual(['changed']);
  });
});

async function openHundred(options: (clock: ReturnType<typeof createTestClock>) => Options) {
  const clock = createTestClock();
  const test = await openSite(options(clock), clock);
  for (let tab = 0; tab < 25; tab += 1) {
    const browser = test.newBrowser();
    await browser.signIn();
    for (let more = 0; more < 4; more += 1) await openTab({ site: test.site, browser });
  }
  expect(test.streams.open.size).toBe(100);
  return test;
}

describe('what a hundred open tabs cost', () => {
  it('is one query a second, which reaches back as far as clocks may differ', async () => {
    const asked: number[] = [];
    const { clock } = await openHundred((time) => {
      const { shared } = createSharedStore(time);
      const findSince = async (moment: number) => {
        asked.push(time() - moment);
        return (await shared.findSince?.(moment)) ?? [];
      };
      return { revocations: { ...shared, findSince } };
    });
    await passSeconds(clock, 3);
    expect(asked).toEqual([30, 30, 30]);
  });

  it('is none where the process has the store to itself', async () => {
    const { clock, streams } = await openHundred(() => ({}));
    await passSeconds(clock, 3);
    expect(streams.open.size).toBe(100);
  });

  it('is nothing any more when the last one is gone', async () => {
    const clock = createTestClock();
    const { shared, asked } = createSharedStore(clock);
    const test = await openSite({ revocations: shared }, clock);
    await (await openTab(test)).body?.cancel();
    await passSeconds(clock, 3);
    expect(asked).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('holding a stream is no use of the session:', () => {
  it('its idle clock runs on, and the stream ends with it', async () => {
    const test = await openSite({ lifetimes: { idleSeconds: 120 } });
    const tab = await openTab(test);
    expect(tab.headers.getSetCookie()).toEqual([]);
    await passSeconds(test.clock, 120);
    expect(await words(tab)).toEqual([]);
    expect((await openTab(test)).status).toBe(204);
    expect(await sessionOf(test)).toBeUndefined();
  });

  it('a session that is used meanwhile goes on, and so does the tab that opens its stream anew', async () => {
    const test = await openSite({ lifetimes: { idleSeconds: 120 } });
    const tab = await openTab(test);
    await passSeconds(test.clock, 60);
    await test.requestPage();
    await passSeconds(test.clock, 60);
    expect(await words(tab)).toEqual([]);
    expect((await openTab(test)).status).toBe(200);
  });

  it('says something before proxies take it for dead', async () => {
    const test = await openSite();
    const tab = await openTab(test);
    await passSeconds(test.clock, 40);
    for (const { end } of test.streams.open) end();
    expect(await tab.text()).toBe('retry: 2000\n\n:\n\n:\n\n');
  });
});

describe('B-21 a stream is refused', () => {
  it.each(['cross-site', 'same-site', 'none', ''])(
    'to a page or script of anywhere else: Sec-Fetch-Site %j',
    async (site) => {
      const test = await openSite();
      const tab = await openTab(test, { headers: { 'sec-fetch-site': site } });
      expect([tab.status, test.streams.open.size]).toEqual([403, 0]);
    },
  );

  it('to a visitor: 204, so that an EventSource stops', async () => {
    const test = await openSite();
    expect((await openTab({ site: test.site, browser: test.newBrowser() })).status).toBe(204);
  });

  it('where the site holds none: 404', async () => {
    const test = await openSite({ eventStream: false });
    expect((await openTab(test)).status).toBe(404);
  });

  it('to a session that ended before: the tab hears so at once', async () => {
    const test = await openSite();
    await logOut(test, test.site, { sid: (await sessionOf(test))?.sid });
    expect(await words(await openTab(test))).toEqual(['changed']);
    expect(test.streams.open.size).toBe(0);
  });

  it('while the store of revocations is down: 503, and no stream stays behind', async () => {
    const clock = createTestClock();
    const { shared } = createSharedStore(clock);
    let isDown = false;
    const { revoke } = shared;
    const isRevoked: RevocationStore['isRevoked'] = (session) =>
      isDown ? Promise.reject(new Error('locked')) : shared.isRevoked(session);
    const test = await openSite({ revocations: { revoke, isRevoked } }, clock);
    isDown = true;
    const tab = await openTab(test);
    expect([tab.status, tab.headers.get('retry-after'), test.streams.open.size]).toEqual([503, '5', 0]);
  });

  it('F-14 beyond four of one session, until one of them is gone', async () => {
    const test = await openSite();
    const tabs = [];
    for (let tab = 0; tab < 5; tab += 1) tabs.push(await openTab(test));
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    await tabs[0]?.body?.cancel();
    expect((await openTab(test)).status).toBe(200);
  });

  it('F-14 beyond ten thousand of one process', async () => {
    const test = await openSite();
    const { open } = test.streams;
    const stream = { endsAt: 0, tokenIssuedAt: undefined, beat: () => {}, end: () => {} };
    for (let n = 0; n < 10_000; n += 1)
      open.add({ ...stream, session: { issuer: '', sid: `${n}`, id: `${n}`, sub: '', issuedAt: 0 } });
    expect((await openTab(test)).status).toBe(503);
  });

  it('by a process that is about to end', async () => {
    const test = await openSite();
    test.streams.isClosing = true;
    expect((await openTab(test)).headers.get('retry-after')).toBe('5');
  });
});

describe('a stream', () => {
  it('is forgotten when the tab goes away, however the server learns of it', async () => {
    const test = await openSite();
    const leave = new AbortController();
    await openTab(test, { signal: leave.signal });
    await (await openTab(test)).body?.cancel();
    leave.abort();
    expect(test.streams.open.size).toBe(0);
  });

  it('is kept by no cache, no proxy and no compression', async () => {
    const { headers } = await openTab(await openSite());
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      connection: 'close',
      vary: 'Cookie',
    });
  });

  it('stays while the store fails, which is asked again five seconds later', async () => {
    const clock = createTestClock();
    const { shared } = createSharedStore(clock);
    let calls = 0;
    const findSince = () => {
      calls += 1;
      return Promise.reject(new Error('database is locked'));
    };
    const test = await openSite({ revocations: { ...shared, findSince } }, clock);
    await openTab(test);
    await passSeconds(clock, 6);
    expect([calls, test.streams.open.size]).toEqual([2, 1]);
    expect(test.events.filter(({ type }) => type === 'store.failed')).toHaveLength(2);
  });

  it('of a store that can’t say what is new is opened anew every minute', async () => {
    const clock = createTestClock();
    const { store } = createSharedStore(clock);
    const { isRevoked, revoke } = store;
    const test = await openSite({ revocations: { isRevoked, revoke } }, clock);
    const tab = await openTab(test);
    await logOut(test, anotherProcess(test), { sid: (await sessionOf(test))?.sid });
    await passSeconds(clock, 60);
    expect(await words(tab)).toEqual([]);
    expect(await words(await openTab(test))).toEqual(['changed']);
  });
});
