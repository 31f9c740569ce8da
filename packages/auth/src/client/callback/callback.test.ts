import { beforeEach, describe, expect, it } from 'vitest';
import { createMemorySessionStore } from '../../session/index.ts';
import { createTestClock, openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

/** A login up to the provider's answer. */
async function answered(returnTo?: string) {
  return test.issuer.authorize(await test.browser.startLogin(returnTo)).callback;
}

const visit = ({ pathname, search }: URL) => test.browser.visit(pathname + search);
const whoIsThere = async () => test.site.getSession(test.browser.request('/').headers.get('cookie'));

describe('a login', () => {
  it('G-02 ends on the page that was left, at a clean address, by 303', async () => {
    const response = await test.browser.signIn({ returnTo: '/orders?page=2#third' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('https://app.example/orders?page=2#third');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie');
  });

  it('opens a session with the claims, the permissions and no token string', async () => {
    await test.browser.signIn();
    const session = await whoIsThere();
    expect(session?.user).toEqual({ sub: 'person-ada', name: 'Ada Lovelace', email: 'ada@example.com' });
    expect(session?.permissions).toEqual(['things.read', 'things.write']);
    expect(session?.can('things.read')).toBe(true);
    expect(session?.can('things.delete')).toBe(false);
    expect(JSON.stringify(session)).not.toContain('eyJ');
  });

  it('asks with PKCE S256, state, nonce, resource and the registered address', async () => {
    const url = new URL(await test.browser.startLogin());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'https://app.example/auth/callback',
      scope: 'openid profile email',
      resource: test.issuer.audience,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{22}$/),
    });
  });

  it('P-16 gets a new session identifier, and the session it replaces is over, copies included', async () => {
    await test.browser.signIn();
    const copy = test.browser.request('/').headers.get('cookie');
    test.issuer.clock.advance(1);
    await test.browser.signIn();
    expect(await whoIsThere()).toBeDefined();
    expect(await test.site.getSession(copy)).toBeUndefined();
    expect(test.events).toContainEqual(
      expect.objectContaining({ type: 'session.ended', reason: 'replaced' }),
    );
  });

  it('pain 11 P-29 two tabs that sign in at once both end on their own page', async () => {
    const left = await answered('/left');
    const right = await answered('/right');
    expect((await visit(left)).headers.get('location')).toBe('https://app.example/left');
    expect((await visit(right)).headers.get('location')).toBe('https://app.example/right');
  });

  it('F-12 survives a restart of the site half-way', async () => {
    const callback = await answered('/orders');
    const restarted = test.newProcess();
    const response = await restarted.handler(test.browser.request(callback.pathname + callback.search));
    expect(response?.headers.get('location')).toBe('https://app.example/orders');
  });

  it('tells its observer who came, and nothing secret (G19)', async () => {
    const callback = await answered();
    await visit(callback);
    expect(test.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['login.started', 'code.consumed', 'callback.accepted', 'session.opened']),
    );
    const told = JSON.stringify(test.events);
    for (const secret of [
      callback.searchParams.get('code'),
      callback.searchParams.get('state'),
      'eyJ',
      'app-secret',
    ])
      expect(told).not.toContain(secret);
  });
});

describe('the page after a failed login', () => {
  it('P-18 shows nothing of what the address said', async () => {
    const callback = await answered();
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'x"><script>alert(1)</script>');
    callback.searchParams.set('error_description', '<img src=x onerror=alert(1)>');
    callback.searchParams.set('error_uri', 'javascript:alert(1)');
    const response = await visit(callback);
    const page = await response.text();
    expect(page).not.toMatch(/<script|onerror|javascript:/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('P-17 cannot be framed and is never cached', async () => {
    const { headers } = await test.browser.visit('/auth/callback?state=foreign');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('P-30 after a cancelled login offers both ways on', async () => {
    const { callback } = test.issuer.authorize(await test.browser.startLogin('/orders'), {
      error: 'access_denied',
    });
    const response = await visit(callback);
    expect(response.status).toBe(403);
    const page = await response.text();
    expect(page).toContain('href="/auth/login?return_to=%2Forders"');
    expect(page).toContain('href="/"');
  });

  it('is the site’s own where it has one, with the right status', async () => {
    test = await openTestSite({ failurePage: ({ code, title }) => `<h1>${title}</h1>${code}` });
    const response = await test.browser.visit('/auth/callback?state=foreign');
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('<h1>This sign-in could not be matched</h1>callback_state');
  });

  it('is the error path where the site names one', async () => {
    test = await openTestSite({ errorPath: '/oops' });
    const response = await test.browser.visit('/auth/callback?state=foreign');
    expect(response.headers.get('location')).toBe('https://app.example/oops?code=callback_state');
  });
});

describe('the callback once more', () => {
  it('P-29 reloaded by somebody who is signed in leads to the page, without a second token call', async () => {
    const callback = await answered('/orders');
    await visit(callback);
    const again = await visit(callback);
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe('https://app.example/orders');
    expect(test.issuer.requests('token')).toHaveLength(1);
  });

  it('P-05 with a code that the provider refuses ends on a page, not in an error', async () => {
    const callback = await answered();
    callback.searchParams.set('code', 'not-the-code');
    const response = await visit(callback);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('callback_code');
  });
});

/** The ids under which sessions were kept. */
async function openWithStore() {
  const ids: string[] = [];
  const store = createMemorySessionStore(createTestClock());
  const sessionStore = {
    ...store,
    save: (...row: Parameters<typeof store.save>) => (ids.push(row[0]), store.save(...row)),
  };
  return { ids, ...(await openTestSite({ sessionStore })) };
}

describe('P-16 a login', () => {
  it('gets a session of its own, also where the browser brings one along, and that one is over', async () => {
    const { ids, ...own } = await openWithStore();
    const { browser, site, issuer } = own;
    const attacker = own.newBrowser();
    await attacker.signIn({ person: { sub: 'mallory' } });
    const planted = attacker.cookies.get('__Host-session');
    if (planted) browser.cookies.set('__Host-session', planted);
    issuer.clock.advance(1);
    await browser.signIn();
    expect(new Set(ids).size).toBe(2);
    expect((await site.getSession(browser.request('/').headers.get('cookie')))?.user.sub).toBe('person-ada');
    expect(await site.getSession(attacker.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it.each([0, 1])('by the same person %i s later ends the session before', async (seconds) => {
    const { browser, site, issuer } = await openWithStore();
    const { callback, signOn } = issuer.authorize(await browser.startLogin());
    await browser.visit(callback.pathname + callback.search);
    const before = browser.request('/').headers.get('cookie');
    issuer.clock.advance(seconds);
    await browser.signIn({ ...(signOn && { signOn }) });
    expect(await site.getSession(before)).toBeUndefined();
    expect(await site.getSession(browser.request('/').headers.get('cookie'))).toBeDefined();
  });
});

it('P-29 the late answer to another tab does not take away the session that a login just opened', async () => {
  const { browser, pass, issuer } = await openTabs();
  await browser.signIn();
  const old = browser.request('/');
  issuer.clock.advance(1);
  await browser.signIn();
  const { session, cookies } = await pass(old);
  expect(session).toBeUndefined();
  expect(cookies.filter(({ name }) => name === '__Host-session')).toEqual([]);
});

async function openTabs() {
  const { browser, site, issuer } = await openTestSite();
  return { browser, issuer, pass: (request: Request) => site.updateSession(request) };
}

it('G18 a login that can’t be kept leaves the session before as it was', async () => {
  const store = createMemorySessionStore(createTestClock());
  const state = { isAway: false };
  const own = await openTestSite({
    sessionStore: {
      ...store,
      save: (...row) => (state.isAway ? Promise.reject(new Error('down')) : store.save(...row)),
    },
  });
  await own.browser.signIn();
  own.issuer.clock.advance(1);
  state.isAway = true;
  expect((await own.browser.signIn()).status).toBe(503);
  state.isAway = false;
  expect(await own.site.getSession(own.browser.request('/').headers.get('cookie'))).toBeDefined();
});

it('P-26 no answer of the callback is kept, and none tells the next page where it came from', async () => {
  const { browser } = await openTestSite();
  for (const path of ['/auth/callback?code=secret&state=x', '/auth/callback?error=access_denied&state=x']) {
    const { headers } = await browser.visit(path);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});
