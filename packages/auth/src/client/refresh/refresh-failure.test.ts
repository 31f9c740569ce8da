import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { ada, openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const refreshes = () =>
  test.issuer.requests('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');

describe('a provider that is down', () => {
  it.each([
    'refused',
    'html',
    'empty',
    'redirect',
    { status: 500 },
    { status: 503 },
    { status: 429 },
  ] as const)('F-02 answering %j keeps the session', async (fault) => {
    test.issuer.clock.advance(9 * MINUTE);
    test.issuer.fail('token', fault);
    expect((await test.requestPage()).session?.user.sub).toBe(ada.sub);
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'refresh.failed', transient: true }));
  });

  it('is left alone for five seconds, then asked again (F-03)', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    test.issuer.fail('token', 'refused');
    for (let request = 0; request < 10; request += 1) await test.requestPage();
    expect(refreshes()).toHaveLength(1);
    test.issuer.fail('token');
    test.issuer.clock.advance(5);
    await test.requestPage();
    expect(refreshes()).toHaveLength(2);
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'token.refreshed' }));
  });

  it('G12 for an hour signs nobody out who stays active; permissions count for ten minutes past the token', async () => {
    test.issuer.fail('token', 'refused');
    for (let minutes = 0; minutes < 60; minutes += 4) {
      test.issuer.clock.advance(4 * MINUTE);
      const { session } = await test.requestPage();
      expect(session).toBeDefined();
      expect(session?.permissions.length === 0).toBe(minutes + 4 >= 20);
    }
  });

  it('that does not know this client any more signs nobody out: that is no fault of the person', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    test.issuer.alter({ response: { error: 'invalid_client', access_token: undefined } });
    expect((await test.requestPage()).session).toBeDefined();
  });

  it('F-01 whose keys can’t be had when it rotated keeps the session with the newest refresh token', async () => {
    await test.issuer.keys.rotate();
    test.issuer.fail('jwks', 'refused');
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage()).session).toBeDefined();
    test.issuer.fail('jwks');
    test.issuer.clock.advance(31);
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
  });
});

describe('a provider that is at fault itself signs nobody out', () => {
  it('P-32 when a process that just started finds it under another name', async () => {
    test.issuer.clock.advance(9 * MINUTE);
    test.issuer.alter({ metadata: { issuer: 'https://other.example' } });
    const { session, cookies } = await test.requestPage(test.browser, test.newProcess());
    expect(session).toBeDefined();
    expect(cookies).toEqual([]);
    test.issuer.alter();
    expect((await test.requestPage()).session).toBeDefined();
  });

  it('F-04 when its published keys lag behind the one that signs', async () => {
    const jwks = test.issuer.keys.jwks();
    await test.issuer.keys.rotate();
    test.issuer.alter({ jwks });
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage()).session).toBeDefined();
    test.issuer.alter();
    test.issuer.clock.advance(31);
    const { session } = await test.requestPage();
    expect(session?.times.accessTokenExpiresAt).toBe(test.issuer.clock() + 10 * MINUTE);
  });

  it('when it says that a token lives for no time at all: five seconds then, not every request', async () => {
    test.issuer.alter({ response: { expires_in: 0 } });
    test.issuer.clock.advance(9 * MINUTE);
    for (let request = 0; request < 5; request += 1) await test.requestPage();
    expect(refreshes()).toHaveLength(1);
  });
});

describe('a session ends', () => {
  it('K-07 when the provider refuses to renew it', async () => {
    const browser = test.newBrowser();
    const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
    await browser.visit(callback.pathname + callback.search);
    if (signOn) test.issuer.signOut(signOn);
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage(browser)).session).toBeUndefined();
    expect(browser.cookies.has('__Host-session')).toBe(false);
  });

  const ben = { claims: { sub: 'person-ben' } };
  it.each<[string, Parameters<TestSite['issuer']['alter']>[0]]>([
    ['K-09 when the renewed ID token names another person', { idToken: ben, accessToken: ben }],
    [
      'K-09 when the renewed access token names another person',
      { accessToken: ben, idToken: { claims: { at_hash: undefined } } },
    ],
    [
      'K-09 when the renewed ID token names another issuer',
      { idToken: { claims: { iss: 'https://evil.example' } } },
    ],
    [
      'T-24 when the renewed ID token speaks of another access token',
      { idToken: { claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } } },
    ],
    [
      'T-35 when the renewed access token is not signed',
      { accessToken: { signer: 'nobody' }, idToken: { claims: { at_hash: undefined } } },
    ],
    [
      'T-17 when the renewed access token is for another API',
      {
        accessToken: { claims: { aud: 'https://blog.example/api' } },
        idToken: { claims: { at_hash: undefined } },
      },
    ],
  ])('%s', async (_what, alteration) => {
    test.issuer.alter(alteration);
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage()).session).toBeUndefined();
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    expect(test.events).toContainEqual(
      expect.objectContaining({ type: 'session.ended', reason: 'refresh-rejected' }),
    );
  });
});
