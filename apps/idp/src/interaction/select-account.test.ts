import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';

const SELECT = authorizePath({ prompt: 'select_account' });
const sessionIn = (html: string) => /name="session" value="([^"]+)"/.exec(html)?.[1] ?? '';
const BEN = { username: 'ben', password: 'lightning rods and kites too' };

describe('choosing an account', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  /** A browser in which Ada is signed in, at the page, with what its form holds. */
  async function choosing(path = SELECT): Promise<{ browser: Browser; pathname: string; session: string }> {
    const browser = idp.browser();
    await signIn(browser);
    const { pathname } = locationOf(await browser.get(path));
    const html = await (await browser.get(pathname)).text();
    expect(html).toContain('Continue as <bdi>Ada Lovelace</bdi>');
    return { browser, pathname, session: sessionIn(html) };
  }

  it('goes on as whoever is signed in, without a passphrase', async () => {
    const { browser, pathname, session } = await choosing();
    const resumed = locationOf(await browser.post(pathname, { session }));
    expect(locationOf(await browser.get(resumed.pathname)).searchParams.get('code')).not.toBeNull();
  });

  it('signs in somebody else in the place of whoever was there', async () => {
    const { browser, pathname } = await choosing();
    const resumed = locationOf(await browser.post(pathname.replace('select-account', 'sign-in'), BEN));
    expect(locationOf(await browser.get(resumed.pathname)).searchParams.get('code')).not.toBeNull();
    expect(idp.events.findLast(({ type }) => type === 'authorization.granted')).toMatchObject({
      sub: 'sub-ben',
    });
    expect(idp.events.findLast(({ type }) => type === 'session.ended')).toMatchObject({
      sub: 'sub-ada',
      reason: 'other-person',
    });
  });

  it('is done by signing in where nobody was, and still asks for a passphrase with prompt=login', async () => {
    const callback = await signIn(idp.browser(), SELECT);
    expect(callback.searchParams.get('code')).not.toBeNull();
    const browser = idp.browser();
    await signIn(browser);
    const both = locationOf(await browser.get(authorizePath({ prompt: 'login select_account' })));
    expect(both.pathname).toMatch(/^\/sign-in\//);
  });

  it.each([
    ['another session', 'x'.repeat(22)],
    ['X-15 a prototype key', '__proto__'],
    ['nothing', ''],
  ])('asks again when the form names %s', async (_what, session) => {
    const { browser, pathname } = await choosing();
    const resumed = locationOf(await browser.post(pathname, { session }));
    expect(locationOf(await browser.get(resumed.pathname)).pathname).toBe(pathname);
  });

  it('P-13 P-15 is done in its own browser and on its own page only', async () => {
    const { browser, pathname, session } = await choosing();
    expect((await browser.post(pathname, { session }, { origin: 'https://evil.example' })).status).toBe(403);
    const other = idp.browser();
    await signIn(other);
    expect((await other.get(pathname)).status).toBe(403);
    expect((await other.post(pathname, { session })).status).toBe(403);
  });

  it('starts over where the session has ended meanwhile', async () => {
    const { browser, pathname } = await choosing();
    await browser.post('/sign-out', {});
    const resumed = locationOf(await browser.get(pathname));
    expect(locationOf(await browser.get(resumed.pathname)).pathname).toMatch(/^\/sign-in\//);
  });
});
