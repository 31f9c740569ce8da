import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import {
  BEN,
  ADA,
  openConsent,
  openSelectAccount,
  openSignIn,
  openSignInAgain,
  type Page,
  press,
  redeem,
  requestOf,
  withoutAnswers,
} from '../../test/waiting-pages.ts';
import {
  authorizePath,
  errorOf,
  openTestProvider,
  signIn,
  type TestProvider,
} from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from '../../test/throwaway-postgres.ts';

const isGranted = (callback: URL) => callback.searchParams.has('code');

/** Where a page leads that is over; undefined for any other answer. */
async function wayOnFrom(response: Response): Promise<string | undefined> {
  if (response.status !== 410 || response.headers.getSetCookie().length > 0) return undefined;
  return /<a class="button[^"]*" href="([^"]+)"/.exec(await response.text())?.[1];
}

const SHOP = 'https://shop.example';

/** What comes of two codes for one request, and of the refresh token that the second one gives. */
async function redeemBoth(idp: TestProvider, [first, second]: readonly [URL, URL]) {
  const before = await errorOf(redeem(idp, first));
  const tokens = await redeem(idp, second);
  const after = await errorOf(redeem(idp, first));
  const { refresh_token = '' }: { refresh_token?: string } = await tokens.json();
  const client = second.hostname.split('.')[0];
  const refreshed = await idp.token({ grant_type: 'refresh_token', refresh_token }, client);
  return { before, redeemed: tokens.status, after, refreshed: refreshed.status };
}

/** The first code is void and ends nothing when it comes. */
const REPLACED = { before: '400 invalid_grant', redeemed: 200, after: '400 invalid_grant', refreshed: 200 };

describe('on SQLite', () => {
  describePresses(() => openTestProvider());
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  let server: ThrowawayPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describePresses(() => openTestProvider({ DATABASE_URL: server.url }));
});

function describePresses(open: () => Promise<TestProvider>): void {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await open();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each<readonly [string, () => Promise<Page>]>([
    ['Sign in', () => openSignIn(idp)],
    ['Sign in for prompt=login', () => openSignIn(idp, { prompt: 'login' })],
    ['Sign in for max_age=0', () => openSignIn(idp, { max_age: '0' })],
    ['Sign in for max_age=0 right after signing in', () => openSignInAgain(idp, { max_age: '0' })],
    ['select-account', () => openSelectAccount(idp)],
    ['consent', () => openConsent(idp)],
  ])('P-29 %s pressed twice gives a fresh code, and the one before it is void', async (_what, openPage) => {
    const page = await openPage();
    expect(await redeemBoth(idp, [await press(page), await press(page)])).toEqual(REPLACED);
  });

  it('P-29 Sign in pressed twice by a browser that dropped the first answer goes on in the same session', async () => {
    const page = await openSignIn(idp);
    const dropped = withoutAnswers(idp, page);
    expect(await redeemBoth(idp, [await press(page), await press(dropped)])).toEqual(REPLACED);
    const ids = idp.events.flatMap((event) => (event.type === 'sign-in.accepted' ? [event.sessionId] : []));
    expect(ids.at(-1)).toBe(ids.at(-2));
    // The session's cookie is the last one only.
    const silent = authorizePath({ prompt: 'none' });
    expect(locationOf(await page.browser.get(silent)).searchParams.get('error')).toBe('login_required');
    expect(isGranted(locationOf(await dropped.browser.get(silent)))).toBe(true);
  });

  it('P-29 Sign in pressed twice at once ends with one good code', async () => {
    const page = await openSignIn(idp);
    const both = [withoutAnswers(idp, page), withoutAnswers(idp, page)];
    const resumed = await Promise.all(both.map(({ browser, path, form }) => browser.post(path, form)));
    const last = both[1]?.browser ?? page.browser;
    expect(resumed.map(({ status }) => status)).toEqual([303, 303]);
    expect((await redeem(idp, locationOf(await last.get(requestOf(page))))).status).toBe(200);
  });

  it('P-29 /authorize/:id twice at once ends with one good code', async () => {
    const { browser, path, form } = await openSignIn(idp);
    const { pathname } = locationOf(await browser.post(path, form));
    const answers = await Promise.all([browser.get(pathname), browser.get(pathname)]);
    const statuses = await Promise.all(
      answers.map(async (answer) => (await redeem(idp, locationOf(answer))).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200, 400]));
  });

  it('P-29 Back after signing in leads on while nobody has redeemed the code, and to the page with a way on after that', async () => {
    const page = await openSignIn(idp);
    const { browser, path } = page;
    const first = await press(page);
    const { pathname } = locationOf(await browser.get(path));
    const second = locationOf(await browser.get(pathname));
    expect(await redeemBoth(idp, [first, second])).toEqual(REPLACED);
    expect(await wayOnFrom(await browser.get(path))).toBe(SHOP);
    expect(await wayOnFrom(await browser.get(pathname))).toBe(SHOP);
  });

  it.each<readonly [string, (page: Page) => Promise<Response>]>([
    ['the right passphrase', ({ browser, path, form }) => browser.post(path, form)],
    ['nothing but the address', (page) => page.browser.get(requestOf(page))],
  ])('P-05 a redeemed code is followed by no other, with %s', async (_what, again) => {
    const page = await openSignIn(idp);
    const first = await press(page);
    const tokens: { refresh_token: string } = await (await redeem(idp, first)).json();
    const answer = await again(page);
    const end = answer.status === 303 ? await page.browser.get(locationOf(answer).pathname) : answer;
    expect(await wayOnFrom(end)).toBe(SHOP);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await idp.token(form)).status).toBe(200);
  });

  it('within the life of a code: a later press gets the page', async () => {
    const page = await openSignIn(idp);
    await press(page);
    idp.advanceClock(59);
    expect(isGranted(await press(page))).toBe(true);
    idp.advanceClock(1);
    expect(await wayOnFrom(await page.browser.post(page.path, page.form))).toBe(SHOP);
  });

  it.each<readonly [string, () => Promise<Page>, (page: Page) => Promise<Response>]>([
    ['another person', () => openSignIn(idp), ({ browser, path }) => browser.post(path, BEN)],
    [
      'another account chosen',
      () => openSelectAccount(idp),
      ({ browser, path }) => browser.get(path.replace('select-account', 'sign-in')),
    ],
    [
      'somebody else after the choice of an account',
      () => openSelectAccount(idp),
      ({ browser, path }) => browser.post(path.replace('select-account', 'sign-in'), BEN),
    ],
    [
      'no account',
      () => openSelectAccount(idp),
      ({ browser, path }) => browser.post(path, { session: 'x'.repeat(22) }),
    ],
    [
      'another consent answer',
      () => openConsent(idp),
      ({ browser, path, form }) =>
        browser.post(path, new URLSearchParams([...new URLSearchParams(form), ['allow', 'profile']])),
    ],
    [
      'Cancel after Sign in',
      () => openSignIn(idp),
      (page) => page.browser.post(`${requestOf(page)}/cancel`, {}),
    ],
  ])('an answer that differs gets the page, and the code stays: %s', async (_what, openPage, differently) => {
    const page = await openPage();
    const first = await press(page);
    const before = new Map(page.browser.cookies);
    const answer = await differently(page);
    expect(await wayOnFrom(answer)).toContain(first.origin);
    expect(page.browser.cookies).toEqual(before);
    expect((await redeem(idp, first)).status).toBe(200);
  });

  it('who signed out meanwhile gets the page', async () => {
    const page = await openSignIn(idp);
    await press(page);
    await page.browser.post('/sign-out', {});
    expect(await wayOnFrom(await page.browser.get(requestOf(page)))).toBe(SHOP);
  });

  it('a redeemed code leads to where the site begins a login, if it registered that, and its form may end there', async () => {
    const blog = { client_id: 'blog', redirect_uri: 'https://blog.example/auth/callback' };
    const page = await openSignIn(idp, blog);
    const policy = (await page.browser.get(page.path)).headers.get('content-security-policy');
    expect(policy).toContain("form-action 'self' https://blog.example;");
    await redeem(idp, await press(page));
    expect((await press(page)).href).toBe(
      `https://blog.example/auth/login?iss=${encodeURIComponent(ISSUER)}`,
    );
    expect(await wayOnFrom(await page.browser.get(page.path))).toContain(
      'https://blog.example/auth/login?iss=',
    );
  });

  it('an answer that differs is not remembered as a consent', async () => {
    const page = await openConsent(idp);
    await press(page);
    const more = new URLSearchParams([...new URLSearchParams(page.form), ['allow', 'profile']]);
    await page.browser.post(page.path, more);
    expect((await idp.provider.store.findConsent('sub-ada', 'stranger'))?.allowed).not.toContain('profile');
  });

  it('a wrong passphrase gets the form again and changes nothing', async () => {
    const page = await openSignIn(idp);
    const first = await press(page);
    expect((await page.browser.post(page.path, { ...ADA, password: 'not the passphrase' })).status).toBe(422);
    expect((await redeem(idp, first)).status).toBe(200);
  });

  it('P-15 another browser gets a page with a way on, with the right passphrase too', async () => {
    const page = await openSignIn(idp);
    const first = await press(page);
    const other = idp.browser();
    await signIn(other);
    for (const answer of [
      await other.post(page.path, ADA),
      await other.get(page.path),
      await other.get(requestOf(page)),
    ]) {
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('href="https://shop.example"');
    }
    expect((await redeem(idp, first)).status).toBe(200);
  });

  it('P-30 Cancel ends it: no later press gets a code', async () => {
    const page = await openSignIn(idp);
    await page.browser.post(`${requestOf(page)}/cancel`, {});
    expect(await wayOnFrom(await page.browser.post(page.path, page.form))).toBe(SHOP);
    expect(await wayOnFrom(await page.browser.get(requestOf(page)))).toBe(SHOP);
  });

  it('many presses keep one grant', async () => {
    const page = await openSignIn(idp);
    const ids = new Set<string>();
    for (let count = 0; count < 5; count += 1) await press(page);
    for (const event of idp.events.slice(-10))
      if (event.type === 'authorization.granted') ids.add(event.grantId);
    expect(ids.size).toBe(1);
  });

  it('after a crash between the two statements the next press gets its code', async () => {
    const page = await openSignIn(idp);
    const { pathname } = locationOf(await page.browser.post(page.path, page.form));
    await idp.provider.interactions.grant(pathname.split('/').at(-1) ?? '');
    const callback = locationOf(await page.browser.get(pathname));
    expect((await redeem(idp, callback)).status).toBe(200);
  });

  it('no answer with a code may be kept by anybody', async () => {
    const page = await openSignIn(idp);
    for (let count = 0; count < 2; count += 1) {
      const { pathname } = locationOf(await page.browser.post(page.path, page.form));
      const answer = await page.browser.get(pathname);
      expect(isGranted(locationOf(answer))).toBe(true);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('a page that has waited too long leads to the site, and one that nobody knows to the account', async () => {
    const page = await openSignIn(idp);
    idp.advanceClock(1801);
    expect(await wayOnFrom(await page.browser.get(page.path))).toBe('https://shop.example');
    expect(await wayOnFrom(await page.browser.get('/sign-in/unknown'))).toBe('/account');
  });
}
