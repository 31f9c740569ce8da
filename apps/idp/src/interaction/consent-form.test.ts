import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { ask, sessionIn } from '../../test/consent-form.ts';
import { redeem } from '../../test/waiting-pages.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

describe('the form of a consent page', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function signedIn(username = 'ada'): Promise<Browser> {
    const browser = idp.browser();
    await signIn(browser, authorizePath(), username);
    return browser;
  }

  /** A person whom nobody has asked anything yet. */
  async function forgetting(username: string): Promise<Browser> {
    await idp.provider.store.revokeConsent(`sub-${username}`, 'stranger', 1);
    return signedIn(username);
  }

  it('P-15 is answered in the browser it was asked in, and by the person it was shown to', async () => {
    const browser = await forgetting('ada');
    const { pathname } = locationOf(await browser.get(ask()));
    const session = sessionIn(await (await browser.get(pathname)).text());
    const other = await signedIn('ada');
    expect((await other.get(pathname)).status).toBe(403);
    expect((await other.post(pathname, { session, allow: 'email' })).status).toBe(403);
    await signIn(browser, authorizePath({ prompt: 'login' }), 'ben');
    await browser.post(pathname, { session, allow: 'email' });
    expect(await idp.provider.store.findConsent('sub-ada', 'stranger')).toBeUndefined();
    expect(await idp.provider.store.findConsent('sub-ben', 'stranger')).toBeUndefined();
  });

  it.each([
    ['a foreign Origin', 'https://evil.example'],
    ['a null Origin', 'null'],
    ['an Origin that only looks alike', `${ISSUER}.evil.example`],
  ])('P-13 can’t be allowed by a post with %s', async (_what, origin) => {
    const browser = await forgetting('ada');
    const { pathname } = locationOf(await browser.get(ask()));
    const session = sessionIn(await (await browser.get(pathname)).text());
    expect((await browser.post(pathname, { session, allow: 'email' }, { origin })).status).toBe(403);
    expect(await idp.provider.store.findConsent('sub-ada', 'stranger')).toBeUndefined();
  });

  it('P-31 answers the form with 303, and a redeemed code is the last', async () => {
    const browser = await forgetting('ada');
    const { pathname } = locationOf(await browser.get(ask()));
    const session = sessionIn(await (await browser.get(pathname)).text());
    const posted = await browser.post(pathname, { session, allow: 'email' });
    expect(posted.status).toBe(303);
    const { pathname: back } = locationOf(posted);
    expect((await redeem(idp, locationOf(await browser.get(back)))).status).toBe(200);
    expect(locationOf(await browser.get(back)).searchParams.get('code')).toBeNull();
  });
});
