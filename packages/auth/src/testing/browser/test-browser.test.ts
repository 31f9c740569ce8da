import { beforeEach, describe, expect, it } from 'vitest';
import { createTestBrowser, openTestSite, type TestPerson, type TestSite } from '../index.ts';

const bob: TestPerson = { sub: 'bob' };

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

const open = () => test.site.getSession(test.browser.request('/').headers.get('cookie'));

describe('a test browser', () => {
  it('remembers its sign-on session, so that a second sign-in asks for nothing', async () => {
    await test.browser.signIn();
    const first = await open();
    test.issuer.clock.advance(60);
    await test.browser.signIn();
    expect(test.browser.signOn?.sidOf('app')).toBe(first?.sid);
    expect((await open())?.sid).toBe(first?.sid);
    expect((await open())?.proves({ maxAgeSeconds: 10 })).toBe(false);
  });

  it('signs on anew where another person is named', async () => {
    await test.browser.signIn();
    const first = test.browser.signOn;
    await test.browser.signIn({ person: bob });
    expect(test.browser.signOn?.sidOf('app')).not.toBe(first?.sidOf('app'));
    expect((await open())?.user).toEqual({ sub: 'bob' });
  });

  it.each([
    ['is forgotten', () => (test.browser.signOn = undefined)],
    ['has ended', () => test.browser.signOn && test.issuer.signOut(test.browser.signOn)],
  ])('signs on anew where its sign-on session %s', async (_what, end) => {
    await test.browser.signIn();
    const first = await open();
    end();
    await test.browser.signIn();
    expect((await open())?.sid).not.toBe(first?.sid);
  });

  it('keeps its sign-on session when a login is cancelled', async () => {
    await test.browser.signIn();
    const { signOn } = test.browser;
    await test.browser.signIn({ error: 'access_denied' });
    expect(test.browser.signOn).toBe(signOn);
  });

  it('is one browser at two sites where it is given the other one’s sign-on session', async () => {
    await test.browser.signIn({ person: bob });
    const other = test.newBrowser();
    other.signOn = test.browser.signOn;
    await other.signIn();
    expect((await test.site.getSession(other.request('/').headers.get('cookie')))?.user.sub).toBe('bob');
  });
});

describe('signing out', () => {
  it('goes through the issuer and back, and ends the sign-on session', async () => {
    await test.browser.signIn();
    const response = await test.browser.signOut();
    expect(response.headers.get('location')).toBe('https://app.example/');
    expect(await open()).toBeUndefined();
    expect(test.browser.signOn?.ended).toBe(true);
  });

  it('of somebody who isn’t signed in leads nowhere', async () => {
    const response = await test.browser.signOut();
    expect(response.headers.get('location')).toBe('https://app.example/');
  });

  it('ends where the issuer shows a page of its own', async () => {
    const { browser, issuer } = await openTestSite(
      {},
      { clients: [{ clientId: 'app', clientSecret: 'app-secret', postLogoutRedirectUris: [] }] },
    );
    await browser.signIn();
    const response = await browser.signOut();
    expect(response.headers.get('location')).toMatch(issuer.endSessionEndpoint);
    expect(browser.signOn?.ended).toBe(true);
  });

  it('reaches a site by back-channel logout too, once for each token', async () => {
    await test.browser.signIn();
    const { signOn } = test.browser;
    if (!signOn) throw new Error('nobody signed on');
    const answer = await test.site.handler(await test.issuer.logoutRequest(signOn, 'https://app.example'));
    expect(answer?.status).toBe(200);
    expect(await open()).toBeUndefined();
    expect(signOn.ended).toBe(false);
    const foreign = await test.issuer.logoutRequest(signOn, 'https://app.example', 'another-client');
    expect((await test.site.handler(foreign))?.status).toBe(400);
  });
});

it('a site without such a path answers 404', async () => {
  const { issuer } = test;
  const browser = createTestBrowser({
    handler: async () => undefined,
    baseUrl: 'https://app.example',
    issuer,
  });
  expect((await browser.visit('/nowhere')).status).toBe(404);
});
