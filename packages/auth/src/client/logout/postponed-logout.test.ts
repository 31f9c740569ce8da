import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openTestSite, type TestBrowser, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  test = await openTestSite({ signedOutPath: '/signed-out', silentSignIn: true });
  await test.browser.signIn({ returnTo: '/' });
});
afterEach(() => void vi.useRealTimers());

const cookieOf = (browser: TestBrowser = test.browser) => browser.request('/').headers.get('cookie');
const isPostponed = (browser?: TestBrowser) => test.site.isLogoutPostponed(cookieOf(browser));

const goAway = () => {
  test.issuer.fail('discovery', 'refused');
  test.issuer.clock.advance(11);
};
const comeBack = () => {
  test.issuer.fail('discovery');
  test.issuer.clock.advance(5);
};

async function signOut(browser = test.browser): Promise<Response> {
  return browser.visit('/auth/logout', { method: 'POST', headers: { origin: 'https://app.example' } });
}

/** Opens a page as a person does. @returns where the browser is sent instead, if anywhere */
async function open(path: string, { headers = {}, site = test.site } = {}): Promise<URL | undefined> {
  const { response } = await site.updateSession(test.browser.request(path, { headers }));
  if (!response) return undefined;
  test.browser.keep(response);
  return new URL(response.headers.get('location') ?? '');
}

/** Lets the provider send the browser back. @returns where the site sends it then */
async function followBack(away: URL | undefined): Promise<string | null> {
  const back = test.issuer.endSession(away ?? '');
  if (!back) throw new Error('the provider shows a page of its own');
  return (await test.browser.visit(back.pathname + back.search)).headers.get('location');
}

/** So many seconds pass, with the timers of the process. */
async function pass(seconds: number) {
  test.issuer.clock.advance(seconds);
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

const revocations = () => test.issuer.requests('revocation').length;
const discoveries = () => test.issuer.requests('discovery').length;

describe('B-22 signing out while the provider is away', () => {
  it('ends the session here, and the page that follows can say that the sign-on session lives', async () => {
    const copy = cookieOf();
    goAway();
    const response = await signOut();
    expect(response.headers.get('location')).toBe('https://app.example/signed-out');
    expect(await test.site.getSession(copy)).toBeUndefined();
    expect(await isPostponed()).toBe(true);
    expect(await isPostponed(test.newBrowser())).toBe(false);
  });

  it('revokes the refresh token as soon as the provider answers, whether or not the browser comes back', async () => {
    goAway();
    await signOut();
    await pass(5);
    expect(revocations()).toBe(0);
    test.issuer.fail('discovery');
    await pass(5);
    await vi.waitFor(() => expect(revocations()).toBe(1));
    await pass(60);
    expect(revocations()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tries the revocation again every minute where the provider answers and does not take it', async () => {
    goAway();
    await signOut();
    test.issuer.fail('discovery');
    test.issuer.fail('revocation', { status: 503 });
    await pass(5);
    await vi.waitFor(() => expect(revocations()).toBe(1));
    await pass(55);
    expect(revocations()).toBe(1);
    test.issuer.fail('revocation');
    await pass(5);
    await vi.waitFor(() => expect(revocations()).toBe(2));
  });

  it('shows pages as ever until it answers again', async () => {
    goAway();
    await signOut();
    expect(await open('/posts/1')).toBeUndefined();
    expect(await isPostponed()).toBe(true);
  });

  it('F-02 asks once in five seconds for all browsers', async () => {
    goAway();
    await signOut();
    test.issuer.clock.advance(4);
    const before = discoveries();
    for (let page = 0; page < 20; page += 1) await open('/posts/1');
    expect(discoveries() - before).toBe(1);
    test.issuer.clock.advance(4);
    await open('/posts/1');
    expect(discoveries() - before).toBe(1);
    test.issuer.clock.advance(1);
    await open('/posts/1');
    expect(discoveries() - before).toBe(2);
  });

  it('F-02 keeps nobody waiting for more than a second', async () => {
    goAway();
    await signOut();
    test.issuer.fail('discovery');
    test.issuer.clock.advance(5);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const held = test.issuer.hold('discovery');
    const opened = open('/posts/1');
    await held.arrived;
    await vi.advanceTimersByTimeAsync(1000);
    expect(await opened).toBeUndefined();
    await held.release();
  });

  it('leads the first page after that once through end-session, with the ended session’s sid, and back', async () => {
    const sid = (await test.site.getSession(cookieOf()))?.sid;
    const signOn = test.browser.signOn;
    goAway();
    await signOut();
    comeBack();
    const away = await open('/posts/1?x=2');
    expect(away?.origin).toBe('https://issuer.example');
    expect(Object.fromEntries(away?.searchParams ?? [])).toEqual({
      client_id: 'app',
      logout_hint: sid,
      post_logout_redirect_uri: 'https://app.example/auth/logged-out',
      state: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(await followBack(away)).toBe('https://app.example/posts/1?x=2');
    expect(signOn?.ended).toBe(true);
    expect(await isPostponed()).toBe(false);
    expect(await open('/posts/1')).toBeUndefined();
  });

  it('leads pages of guarded paths there first as well', async () => {
    goAway();
    await signOut();
    comeBack();
    const { response } = await test.site.updateSession(test.browser.request('/orders'), { isGuarded: true });
    expect(response?.headers.get('location')).toContain('https://issuer.example/end-session');
  });

  it('keeps the cookie until the browser is back, without sending it in a circle', async () => {
    goAway();
    await signOut();
    comeBack();
    const asked: boolean[] = [];
    for (const seconds of [0, 59, 1, 60, 60]) {
      test.issuer.clock.advance(seconds);
      asked.push((await open('/posts/1')) !== undefined);
    }
    expect(asked).toEqual([true, false, true, true, false]);
    expect(await isPostponed()).toBe(true);
  });

  it('never ends a newer sign-on session', async () => {
    goAway();
    await signOut();
    comeBack();
    const elsewhere = test.issuer.authorize(await test.newBrowser().startLogin());
    await followBack(await open('/posts/1'));
    expect(elsewhere.signOn?.ended).toBe(false);
  });

  it('is taken back by whoever signs in again', async () => {
    const signOn = test.browser.signOn;
    goAway();
    await signOut();
    comeBack();
    await test.browser.signIn();
    expect(await isPostponed()).toBe(false);
    expect(await open('/posts/1')).toBeUndefined();
    expect(signOn?.ended).toBe(false);
  });

  it.each([
    ['a prefetch', { 'sec-purpose': 'prefetch' }],
    ['a fetch of the router', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
  ])('is not finished by %s', async (_what, headers) => {
    goAway();
    await signOut();
    comeBack();
    expect(await open('/posts/1', { headers })).toBeUndefined();
  });

  it('revokes the refresh token along the way where the process was restarted', async () => {
    goAway();
    await signOut();
    comeBack();
    await open('/posts/1', { site: test.newProcess() });
    expect(revocations()).toBe(1);
  });

  it('goes nowhere, and asks nothing at each page, where the provider has no sign-out', async () => {
    goAway();
    await signOut();
    test.issuer.alter({ metadata: { end_session_endpoint: undefined } });
    comeBack();
    await pass(5);
    await vi.waitFor(() => expect(revocations()).toBe(1));
    for (let page = 0; page < 3; page += 1) expect(await open('/posts/1')).toBeUndefined();
    expect(revocations()).toBe(1);
  });

  it('leaves no cookie where nothing names the session to the provider, and revokes the token all the same', async () => {
    test = await openTestSite();
    test.issuer.alter({ idToken: { claims: { sid: undefined } } });
    await test.browser.signIn();
    goAway();
    await signOut();
    expect(await isPostponed()).toBe(false);
    test.issuer.fail('discovery');
    await pass(5);
    await vi.waitFor(() => expect(revocations()).toBe(1));
  });

  it('C-05 takes no cookie that this site did not seal for this', async () => {
    goAway();
    await signOut();
    comeBack();
    const { cookies } = test.browser;
    const sealed = cookies.get('__Host-logout');
    expect(sealed?.value).not.toContain('eyJ');
    for (const value of [`${sealed?.value}x`, 'abc', '']) {
      if (sealed) cookies.set('__Host-logout', { ...sealed, value });
      expect(await open('/posts/1')).toBeUndefined();
    }
  });
});
