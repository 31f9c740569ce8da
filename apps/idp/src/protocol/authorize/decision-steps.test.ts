import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../../test/browser.ts';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
  tokensFor,
} from '../../../test/test-provider.ts';
import { ADA } from '../../../test/waiting-pages.ts';

const isForm = (url: URL) => url.pathname.startsWith('/sign-in/');

describe('a browser that is signed in', () => {
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

  it.each([
    ['is sent back at once', {}, false],
    ['is sent back for prompt=none', { prompt: 'none' }, false],
    ['P-20 signs in again for prompt=login', { prompt: 'login' }, true],
    ['is recent enough for max_age=1000', { max_age: '1000' }, false],
    ['is recent enough for max_age=1 within the same second', { max_age: '1' }, false],
    ['P-20 signs in again for max_age=0 within the same second', { max_age: '0' }, true],
    ['P-20 signs in again for max_age=00, the same number', { max_age: '00' }, true],
  ])('%s', async (_what, change, needsForm) => {
    const browser = await signedIn();
    expect(isForm(locationOf(await browser.get(authorizePath(change))))).toBe(needsForm);
  });

  it('P-20 signs in again once max_age has passed, and that sign-in counts even for max_age=0', async () => {
    const browser = await signedIn();
    idp.advanceClock(61);
    expect(isForm(locationOf(await browser.get(authorizePath({ max_age: '60' }))))).toBe(true);
    const silent = locationOf(await browser.get(authorizePath({ max_age: '60', prompt: 'none' })));
    expect(silent.searchParams.get('error')).toBe('login_required');
    const callback = await signIn(browser, authorizePath({ max_age: '0' }));
    expect(callback.searchParams.get('code')).not.toBeNull();
  });

  it.each([{ prompt: 'login' }, { max_age: '0' }])(
    'P-20 is asked once by %j, and the sign-in for one request counts for no other',
    async (change) => {
      const browser = await signedIn();
      const path = authorizePath(change);
      const [one, other] = [locationOf(await browser.get(path)), locationOf(await browser.get(path))];
      const { pathname } = locationOf(await browser.post(one.pathname, ADA));
      expect(locationOf(await browser.get(pathname)).searchParams.get('code')).not.toBeNull();
      const resumed = await browser.get(other.pathname.replace('/sign-in/', '/authorize/'));
      expect(isForm(locationOf(resumed))).toBe(true);
      const silent = await browser.get(authorizePath({ max_age: '0', prompt: 'none' }));
      expect(locationOf(silent).searchParams.get('error')).toBe('login_required');
    },
  );

  it('P-20 shows the new auth_time after prompt=login, in the same session', async () => {
    const browser = await signedIn();
    const tokens = await redeem(locationOf(await browser.get(authorizePath())));
    idp.advanceClock(30);
    const again = await redeem(await signIn(browser, authorizePath({ prompt: 'login' })));
    expect(again['auth_time']).toBe(Number(tokens['auth_time']) + 30);
    expect(again['sid']).toBe(tokens['sid']);
  });

  it('P-21 is answered for the person the hint names only', async () => {
    const { id_token: id_token_hint } = await tokensFor(idp);
    const [ada, ben] = [await signedIn(), await signedIn('ben')];
    const path = authorizePath({ id_token_hint, prompt: 'none' });
    expect(locationOf(await ada.get(path)).searchParams.get('code')).not.toBeNull();
    expect(locationOf(await ben.get(path)).searchParams.get('error')).toBe('login_required');
    const answer = await signIn(idp.browser(), authorizePath({ id_token_hint }), 'ben');
    expect(answer.searchParams.get('error')).toBe('login_required');
  });

  it('P-21 an expired hint still names the person, one of another client names nobody', async () => {
    const { id_token: id_token_hint, access_token } = await tokensFor(idp);
    idp.advanceClock(600);
    const browser = await signedIn();
    const hinted = async (change: Record<string, string>) =>
      locationOf(await browser.get(authorizePath({ prompt: 'none', ...change }))).searchParams;
    expect((await hinted({ id_token_hint })).get('code')).not.toBeNull();
    const blog = { client_id: 'blog', redirect_uri: 'https://blog.example/auth/callback' };
    expect((await hinted({ ...blog, id_token_hint })).get('error')).toBe('login_required');
    // T-14: an access token is no hint.
    expect((await hinted({ id_token_hint: access_token })).get('error')).toBe('login_required');
  });

  it('P-21 F-05 a hint whose key was retired still names the person', async () => {
    const { id_token: id_token_hint } = await tokensFor(idp);
    await idp.provider.keys.rotate('ES256');
    idp.advanceClock(3600);
    await idp.provider.store.sweep(idp.provider.clock());
    await idp.provider.keys.reload();
    const browser = await signedIn();
    const answer = locationOf(await browser.get(authorizePath({ id_token_hint, prompt: 'none' })));
    expect(answer.searchParams.get('code')).not.toBeNull();
  });

  it('is not sent to a site of strangers unasked', async () => {
    const browser = await signedIn();
    const path = authorizePath({
      client_id: 'stranger',
      redirect_uri: 'https://stranger.example/auth/callback',
    });
    expect(locationOf(await browser.get(path)).searchParams.get('code')).toBeNull();
  });

  it('is seen again after a POST from another site, which carries no cookie', async () => {
    const browser = await signedIn();
    const [path = '', query] = authorizePath().split('?');
    const form = Object.fromEntries(new URLSearchParams(query));
    const held = locationOf(await idp.browser().post(path, form, { origin: 'https://shop.example' }));
    await redeem(locationOf(await browser.get(held.pathname)));
    expect((await browser.get(held.pathname)).status).toBe(410);
  });

  async function redeem(callback: URL) {
    const tokens: Tokens = await (await idp.token(codeForm(callback))).json();
    return decodeJwt(tokens.id_token);
  }
});
