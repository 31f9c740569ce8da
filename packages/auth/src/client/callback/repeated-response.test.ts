import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemorySingleUse } from '../../session/index.ts';
import { createTestClock, openTestSite, type TestBrowser, type TestSite } from '../../testing/index.ts';
import type { RelyingParty } from '../index.ts';

/** One site as two processes that share what was consumed, and nothing else. */
async function openTwoProcesses(options: Parameters<typeof openTestSite>[0] = {}) {
  const clock = createTestClock();
  const test = await openTestSite({ spent: createMemorySingleUse(clock), ...options }, { clock });
  return { ...test, processes: [test.site, test.newProcess()] as const };
}

let test: Awaited<ReturnType<typeof openTwoProcesses>>;
beforeEach(async () => {
  test = await openTwoProcesses();
});

/** A login up to the provider's answer. */
async function answered(returnTo = '/orders?page=2') {
  return test.issuer.authorize(await test.browser.startLogin(returnTo)).callback;
}

/** The callback as the browser asks for it now, with the cookies that it has now. */
const asks = ({ pathname, search }: URL, browser: TestBrowser = test.browser) => {
  const request = browser.request(pathname + search);
  return async (process: RelyingParty) => (await process.handler(request)) ?? Response.error();
};

/** The provider replaced the code of this answer by another one. */
function replaced(callback: URL): URL {
  const first = new URL(callback);
  first.searchParams.set('code', 'replaced');
  return first;
}

/** Two answers to one request, the first with a code that was replaced. @returns what the second gets */
async function failTwice(address: string): Promise<Response> {
  const { callback } = test.issuer.authorize(address);
  const [first, second] = [asks(replaced(callback)), asks(callback)];
  await first(test.site);
  return second(test.site);
}

const cookiesOf = (response: Response) => response.headers.getSetCookie().join();
const rows = [
  ['in one process', 0],
  ['in two', 1],
] as const;

describe('P-29 the callback asked for twice at once with the same cookies', () => {
  it.each(rows)(
    '%s: the second waits for the first and is sent to the page without a session',
    async (_where, at) => {
      const ask = asks(await answered());
      const held = test.issuer.hold('token');
      const first = ask(test.processes[0]);
      await held.arrived;
      const second = ask(test.processes[at]);
      await held.release();
      const answers = await Promise.all([first, second]);
      expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
        'https://app.example/orders?page=2',
        'https://app.example/orders?page=2',
      ]);
      expect(answers.map((answer) => cookiesOf(answer).includes('__Host-session='))).toEqual([true, false]);
      expect(test.issuer.requests('token')).toHaveLength(1);
    },
  );

  it('a browser that lost the first answer is asked about at once, as a silent sign-in', async () => {
    test = await openTwoProcesses({ silentSignIn: true });
    await test.browser.visit('/');
    test.browser.keep((await test.site.updateSession(test.browser.request('/'))).response ?? new Response());
    const ask = asks(await answered('/'));
    await ask(test.processes[0]);
    test.browser.keep(await ask(test.processes[0]));
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    const page = await test.site.updateSession(test.browser.request('/'));
    expect(page.response?.headers.get('location')).toContain('prompt=none');
  });

  it.each(rows)('P-14 a copied login cookie opens nothing, at once or later, %s', async (_where, at) => {
    const callback = await answered();
    const thief = test.newBrowser();
    for (const [name, cookie] of test.browser.cookies) thief.cookies.set(name, cookie);
    const held = test.issuer.hold('token');
    const first = asks(callback)(test.processes[0]);
    await held.arrived;
    const atOnce = asks(callback, thief)(test.processes[at]);
    await held.release();
    await first;
    thief.keep(await atOnce);
    expect(thief.cookies.has('__Host-session')).toBe(false);
    for (const [name, cookie] of test.browser.cookies) thief.cookies.set(name, cookie);
    thief.keep(await asks(callback, thief)(test.processes[at]));
    expect(thief.cookies.has('__Host-session')).toBe(false);
    expect(test.issuer.requests('token')).toHaveLength(1);
  });
});

describe('P-29 where the first failed because a second press replaced its code', () => {
  it.each(rows)(
    '%s: the second begins the login again and the sign-on session answers it',
    async (_where, at) => {
      const { callback, signOn } = test.issuer.authorize(await test.browser.startLogin('/orders?page=2'));
      const [first, second] = [asks(replaced(callback)), asks(callback)];
      const held = test.issuer.hold('token');
      const failing = first(test.processes[0]);
      await held.arrived;
      const waiting = second(test.processes[at]);
      await held.release();
      expect((await failing).status).toBe(400);
      const again = await waiting;
      test.browser.keep(again);
      const request = new URL(again.headers.get('location') ?? '');
      expect(request.origin).toBe(test.issuer.issuer);
      expect(request.searchParams.has('prompt')).toBe(false);
      const answer = test.issuer.authorize(request.href, { ...(signOn && { signOn }) }).callback;
      const end = await test.browser.visit(answer.pathname + answer.search);
      expect(end.headers.get('location')).toBe('https://app.example/orders?page=2');
      expect(test.browser.cookies.has('__Host-session')).toBe(true);
      expect([...test.browser.cookies.keys()].filter((name) => name.startsWith('__Host-login-'))).toEqual([]);
    },
  );

  it('the second does so once', async () => {
    const again = await failTwice(await test.browser.startLogin('/orders'));
    test.browser.keep(again);
    const page = await failTwice(again.headers.get('location') ?? '');
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('href="/auth/login?return_to=%2Forders"');
  });

  it('the second asks for as fresh a sign-in as before', async () => {
    const start = await test.browser.visit('/auth/login?return_to=%2F&max_age=60&acr_values=mfa');
    const again = new URL(
      (await failTwice(start.headers.get('location') ?? '')).headers.get('location') ?? '',
    );
    expect(Object.fromEntries(again.searchParams)).toMatchObject({ max_age: '60', acr_values: 'mfa' });
  });
});

describe('the second gets a page with a way on', () => {
  it.each<readonly [string, (callback: URL) => readonly [URL, URL]]>([
    ['where the first failed otherwise', (callback) => [without(callback, 'iss'), callback]],
    ['where it brings no code', (callback) => [replaced(callback), without(callback, 'code')]],
  ])('%s', async (_what, answers) => {
    const [first, second] = answers(await answered()).map((callback) => asks(callback));
    await first?.(test.site);
    const page = await second?.(test.site);
    expect(page?.status).toBe(400);
    expect(await page?.text()).toContain('href="/auth/login?return_to=%2Forders%3Fpage%3D2"');
  });

  it('G18 where the store is away, and may try again', async () => {
    const answers = [false];
    const consume = async () => answers.pop() ?? Promise.reject(new Error('database is locked'));
    test = await openTwoProcesses({ spent: { consume } });
    expect((await asks(await answered())(test.site)).status).toBe(503);
  });
});

const without = (callback: URL, name: string): URL => {
  const changed = new URL(callback);
  changed.searchParams.delete(name);
  return changed;
};

it('G18 a login whose outcome no store takes is one all the same', async () => {
  const calls: string[] = [];
  const spent = {
    consume: async (key: string) => {
      calls.push(key);
      if (calls.length > 1) throw new Error('database is locked');
      return true;
    },
  };
  const { browser, events } = await openTestSite({ spent });
  expect((await browser.signIn()).status).toBe(303);
  expect(browser.cookies.has('__Host-session')).toBe(true);
  expect(events).toContainEqual(expect.objectContaining({ type: 'store.failed', store: 'spent' }));
});

describe('F-12 where the process of the first died', () => {
  const realTimeout = setTimeout;
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('the wait ends, on a page with a way on', async () => {
    const site: TestSite = test;
    const ask = asks(await answered());
    const isWaiting = { value: true };
    site.issuer.hold('token');
    void ask(test.processes[0]);
    await vi.waitFor(() => expect(site.issuer.requests('token')).toHaveLength(1));
    const second = ask(test.processes[1]).finally(() => (isWaiting.value = false));
    while (isWaiting.value) {
      await vi.advanceTimersByTimeAsync(250);
      await new Promise((resolve) => void realTimeout(resolve, 0));
    }
    expect((await second).status).toBe(400);
    expect(await (await second).text()).toContain('/auth/login?return_to=%2Forders');
  });
});
