import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../foundation/index.ts';
import { openTestSite, type TestBrowser, type TestSite, type TestSignOn } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite({ silentSignIn: true });
});

/** Opens a page as a browser does, following one silent question to the provider. */
async function open(path: string, browser: TestBrowser = test.browser, headers = {}, signOn?: TestSignOn) {
  const { response: answer } = await test.site.updateSession(browser.request(path, { headers }));
  if (!answer) return { asked: false, location: undefined, headers: undefined };
  browser.keep(answer);
  const question = answer.headers.get('location') ?? '';
  const { callback } = test.issuer.authorize(question, signOn ? { signOn } : {});
  const back = await browser.visit(callback.pathname + callback.search);
  return {
    asked: true,
    question: new URL(question),
    location: back.headers.get('location'),
    status: back.status,
  };
}

async function signOnElsewhere(): Promise<TestSignOn> {
  const { signOn } = test.issuer.authorize(await test.newBrowser().startLogin());
  if (!signOn) throw new Error('nobody signed on');
  return signOn;
}

const look = () => test.browser.visit('/auth/session', { headers: { 'sec-fetch-mode': 'cors' } });

describe('a tab whose session was ended elsewhere', () => {
  it('B-20 finds out, and loads its page anew without a way through the provider', async () => {
    await test.browser.signIn();
    test.issuer.clock.advance(MINUTE);
    const sid = (await test.site.getSession(test.browser.request('/').headers.get('cookie')))?.sid;
    const body = new URLSearchParams({ logout_token: await test.issuer.logoutToken({ sid }) });
    await test.site.handler(
      new Request('https://app.example/auth/backchannel-logout', { method: 'POST', body }),
    );
    expect(await (await look()).json()).toEqual({ session: null });
    expect((await open('/')).asked).toBe(false);
    test.issuer.clock.advance(5 * MINUTE);
    expect((await open('/')).asked).toBe(true);
  });

  it('a visitor’s tab that looks changes nothing', async () => {
    expect((await look()).headers.getSetCookie()).toEqual([]);
  });
});

describe('a first visit', () => {
  it('pain 14: by somebody who is signed in at the provider ends signed in on that page, without a form', async () => {
    const { question, location } = await open('/posts/1?x=2', test.browser, {}, await signOnElsewhere());
    expect(question?.searchParams.get('prompt')).toBe('none');
    expect(location).toBe('https://app.example/posts/1?x=2');
    expect((await test.site.updateSession(test.browser.request('/'))).session?.user.name).toBe(
      'Ada Lovelace',
    );
  });

  it('by a stranger ends on that page, its address unchanged, and is not repeated', async () => {
    const { location, status } = await open('/posts/1');
    expect(status).toBe(303);
    expect(location).toBe('https://app.example/posts/1');
    expect((await open('/posts/1')).asked).toBe(false);
    test.issuer.clock.advance(5 * MINUTE);
    expect((await open('/posts/1')).asked).toBe(true);
  });

  it('by a browser that keeps no cookies sees the page after one round trip', async () => {
    const browser = test.newBrowser();
    const { response: answer } = await test.site.updateSession(browser.request('/posts/1?x=2'));
    const { callback } = test.issuer.authorize(answer?.headers.get('location') ?? '');
    const back = await browser.visit(callback.pathname + callback.search);
    expect(back.headers.get('location')).toBe('https://app.example/posts/1?x=2&sso=none');
    browser.cookies.clear();
    expect((await open('/posts/1?x=2&sso=none', browser)).asked).toBe(false);
  });

  it('P-12 by a browser without our cookie never opens a session, though the provider knows the person', async () => {
    const { response: answer } = await test.site.updateSession(test.browser.request('/'));
    const { callback } = test.issuer.authorize(answer?.headers.get('location') ?? '', {
      signOn: await signOnElsewhere(),
    });
    const back = await test.browser.visit(callback.pathname + callback.search);
    expect(back.headers.get('location')).toBe('https://app.example/?sso=none');
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    expect(test.issuer.requests('token')).toEqual([]);
  });
});

describe('nobody is asked about', () => {
  it.each([
    ['a command-line client', { 'sec-fetch-mode': '', 'sec-fetch-dest': '' }],
    ['a prefetch', { 'sec-purpose': 'prefetch' }],
    ['a prefetch that renders', { 'sec-purpose': 'prefetch;prerender' }],
    ['a fetch of the router', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', rsc: '1' }],
    ['a fetch from a page', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['an iframe', { 'sec-fetch-dest': 'iframe' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('%s', async (_what, headers) => {
    expect((await open('/', test.browser, headers)).asked).toBe(false);
  });

  it('a POST', async () => {
    expect(
      (await test.site.updateSession(test.browser.request('/', { method: 'POST' }))).response,
    ).toBeUndefined();
  });

  it('somebody who is signed in', async () => {
    await test.browser.signIn();
    expect((await open('/')).asked).toBe(false);
  });

  it('anybody, where silent sign-in is off: the default', async () => {
    test = await openTestSite();
    expect((await open('/')).asked).toBe(false);
  });

  it.each(['/auth/login', '/auth/callback', '/auth/logged-out'])('a request for %s', async (path) => {
    expect((await open(path)).asked).toBe(false);
  });

  it('F-02 anybody, while the provider is down: the page comes as it is', async () => {
    test.issuer.fail('discovery', 'refused');
    expect((await open('/')).asked).toBe(false);
    test.issuer.fail('discovery');
    test.issuer.clock.advance(5);
    expect((await open('/')).asked).toBe(true);
  });

  it('F-02 anybody, when it has gone away since it was discovered', async () => {
    await open('/');
    test.issuer.fail('discovery', { status: 502 });
    test.issuer.clock.advance(6);
    expect((await open('/', test.newBrowser())).asked).toBe(false);
  });
});

describe('asking again', () => {
  it('happens for somebody who comes over from another site, where they may have signed in', async () => {
    await open('/');
    test.issuer.clock.advance(10);
    const { location } = await open(
      '/',
      test.browser,
      { 'sec-fetch-site': 'cross-site' },
      await signOnElsewhere(),
    );
    expect(location).toBe('https://app.example/');
    expect(test.browser.cookies.has('__Host-session')).toBe(true);
  });

  it('never turns in a circle: the way back from the provider is cross-site too', async () => {
    await open('/');
    expect((await open('/', test.browser, { 'sec-fetch-site': 'cross-site' })).asked).toBe(false);
  });

  it('does not happen right after signing out', async () => {
    await test.browser.signIn();
    await test.browser.visit('/auth/logout', { method: 'POST', headers: { origin: 'https://app.example' } });
    expect((await open('/', test.browser, { 'sec-fetch-site': 'cross-site' })).asked).toBe(false);
  });

  it('K-01 heals an innocent whose tokens were revoked but who is still signed on', async () => {
    const signOn = await signOnElsewhere();
    await open('/', test.browser, {}, signOn);
    test.issuer.alter({ idToken: { claims: { sub: 'somebody-else' } } });
    test.issuer.clock.advance(9 * MINUTE);
    const { response: answer } = await test.site.updateSession(test.browser.request('/'));
    expect(answer?.status).toBe(303);
    expect(answer?.headers.getSetCookie().join()).toContain('__Host-session=; Max-Age=0');
  });

  it.each(['//evil.example/', '/\\evil.example/', '/.//evil.example'])(
    'L-01 %s never leads away',
    async (path) => {
      const request = new Request(`https://app.example${path}`, {
        headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      });
      const { response: answer } = await test.site.updateSession(request);
      const { callback } = test.issuer.authorize(answer?.headers.get('location') ?? '');
      const back = await test.browser.visit(callback.pathname + callback.search);
      expect(new URL(back.headers.get('location') ?? '').origin).toBe('https://app.example');
    },
  );
});

/** Somebody who is signed in at the provider comes over from another site. */
const arrive = (signOn: TestSignOn) => open('/', test.browser, { 'sec-fetch-site': 'cross-site' }, signOn);

describe('nobody is signed in again behind their back', () => {
  const own = { method: 'POST', headers: { origin: 'https://app.example' } };

  it('who signed out here while the provider was away, where nothing names the session to it later', async () => {
    test.issuer.alter({ idToken: { claims: { sid: undefined } } });
    const signOn = await signOnElsewhere();
    await arrive(signOn);
    test.issuer.fail('discovery', 'refused');
    test.issuer.clock.advance(2);
    await test.browser.visit('/auth/logout', own);
    test.issuer.fail('discovery');
    test.issuer.clock.advance(HOUR);
    expect((await arrive(signOn)).asked).toBe(false);
    await test.browser.signIn({ signOn });
    expect((await test.site.updateSession(test.browser.request('/'))).session).toBeDefined();
  });

  it('but who ended it at the provider too is asked about as before: somebody else may sign in', async () => {
    const signOn = await signOnElsewhere();
    await arrive(signOn);
    const away = (await test.browser.visit('/auth/logout', own)).headers.get('location') ?? '';
    const state = new URL(away).searchParams.get('state');
    await test.browser.visit(`/auth/logged-out?state=${state}`);
    test.issuer.clock.advance(11);
    expect((await arrive(await signOnElsewhere())).asked).toBe(true);
  });
});

describe('a session that does not stick', () => {
  it('is asked about once, not in a circle', async () => {
    expect((await open('/', test.browser, {}, await signOnElsewhere())).asked).toBe(true);
    test.browser.cookies.delete('__Host-session');
    expect((await open('/', test.browser, { 'sec-fetch-site': 'cross-site' })).asked).toBe(false);
  });

  it('ends the login on a page after three rounds, and ten seconds later it can be tried again', async () => {
    for (let round = 0; round < 3; round += 1) {
      await test.browser.signIn();
      test.browser.cookies.delete('__Host-session');
    }
    const response = await test.browser.visit('/auth/login?return_to=/orders');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('session_not_kept');
    test.issuer.clock.advance(10);
    expect((await test.browser.visit('/auth/login')).status).toBe(303);
  });

  it('is not what somebody has who signs in three times in a row, and is signed in', async () => {
    for (let round = 0; round < 4; round += 1) await test.browser.signIn();
    expect((await test.browser.visit('/auth/login?max_age=60')).status).toBe(303);
  });
});
