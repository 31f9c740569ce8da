import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

const ADA = { username: 'ada', password: 'the analytical engine weaves' };

const open = async (browser: Browser, change: Record<string, string> = {}) =>
  locationOf(await browser.get(authorizePath(change))).pathname;

/** Ada's passphrase, and how the command line gives her another one. */
async function resetting({ provider: { store } }: TestProvider) {
  const before = (await store.findPersonBySub('sub-ada'))?.passwordHash ?? '';
  const reset = async () => {
    await store.setPasswordHash('sub-ada', '$argon2id$another', 1);
    await store.revokeAllOfPerson('sub-ada', { ending: 'passphrase-changed', now: 1 });
  };
  return { store, passwords: { before, reset } };
}

describe('the sign-in page', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('P-17 P-26 X-06 can be neither framed nor cached, runs nothing, and may post to itself and the waiting site', async () => {
    const browser = idp.browser();
    const response = await browser.get(await open(browser));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' https://shop.example;");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await response.text()).not.toMatch(/<script|<style|style=|\son\w+=/i);
  });

  it('escapes the login_hint it fills in', async () => {
    const browser = idp.browser();
    const path = await open(browser, { login_hint: '"><script>alert(1)</script>' });
    const body = await (await browser.get(path)).text();
    expect(body).toContain('&quot;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script');
  });

  it('P-31 answers 303 to the right passphrase, and sets a host-only cookie', async () => {
    const browser = idp.browser();
    const response = await browser.post(await open(browser), ADA);
    expect(response.status).toBe(303);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-sso=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400$/);
  });

  it('K-07 opens no session where the passphrase is reset while it is checked', async () => {
    await using own = await openTestProvider();
    const browser = own.browser();
    const { store, passwords } = await resetting(own);
    const [response] = await Promise.all([browser.post(await open(browser), ADA), passwords.reset()]);
    expect([422, 303]).toContain(response.status);
    expect(locationOf(await browser.get(authorizePath())).pathname).toMatch(/^\/sign-in\//);
    await store.setPasswordHash('sub-ada', passwords.before, 1);
    expect((await browser.post(await open(browser), ADA)).status).toBe(303);
  });

  it.each([
    ['U-09 in another case and width', 'ＡＤＡ'],
    ['U-09 with spaces around it', ' Ada '],
  ])('knows a name %s', async (_what, username) => {
    const browser = idp.browser();
    expect((await browser.post(await open(browser), { ...ADA, username })).status).toBe(303);
  });

  it.each([
    ['U-05 a passphrase with a space before it', ` ${ADA.password}`],
    ['U-05 a passphrase that is longer at its end', `${ADA.password}!`],
    ['U-05 a passphrase with NUL', `${ADA.password}\0`],
    ['U-05 a passphrase of 1025 bytes', 'x'.repeat(1025)],
    ['no passphrase', ''],
  ])('refuses %s', async (_what, password) => {
    const browser = idp.browser();
    const response = await browser.post(await open(browser), { ...ADA, password });
    expect(response.status).toBe(422);
    expect(browser.cookies.has('__Host-sso')).toBe(false);
  });

  it('U-05 X-12 refuses a body of a megabyte', async () => {
    const browser = idp.browser();
    expect(
      (await browser.post(await open(browser), { ...ADA, password: 'x'.repeat(1_000_000) })).status,
    ).toBe(413);
  });

  it('U-01 says the same to an unknown name and a wrong passphrase, byte for byte', async () => {
    const browser = idp.browser();
    const path = await open(browser);
    const said = async (username: string) => {
      const response = await browser.post(path, { username, password: 'not the passphrase' });
      return [response.status, (await response.text()).replaceAll(username, '…')];
    };
    expect(await said('ada')).toEqual(await said('nobody'));
  });

  it('U-01 refuses a disabled person in the same words', async () => {
    await idp.provider.store.setDisabled('ben', true, 1);
    const browser = idp.browser();
    const response = await browser.post(await open(browser), {
      username: 'ben',
      password: 'lightning rods and kites too',
    });
    expect(response.status).toBe(422);
  });

  it('U-10 P-03 ignores other fields of the form: the held request counts', async () => {
    const browser = idp.browser();
    const extra = {
      sub: 'sub-ben',
      userId: 'sub-ben',
      client_id: 'blog',
      redirect_uri: 'https://evil.example',
      role: 'admin',
    };
    const back = locationOf(await browser.post(await open(browser), { ...ADA, ...extra }));
    const callback = locationOf(await browser.get(back.pathname));
    expect(callback.origin).toBe('https://shop.example');
    expect(idp.events.findLast(({ type }) => type === 'authorization.granted')).toMatchObject({
      sub: 'sub-ada',
      clientId: 'shop',
    });
  });

  it.each([
    ['a foreign Origin', 'https://evil.example', 'a page of another address sent it'],
    ['a null Origin', 'null', 'the header Origin is null'],
    ['no Origin', undefined, 'the header Origin is missing'],
    ['an Origin that only looks alike', `${ISSUER}.evil.example`, 'a page of another address sent it'],
  ])('P-13 refuses a post with %s, and says what is true of it', async (_what, origin, reason) => {
    const browser = idp.browser();
    const path = await open(browser);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, ...(origin !== undefined && { origin }) };
    const response = await idp.fetch(
      new Request(ISSUER + path, { method: 'POST', headers, body: new URLSearchParams(ADA) }),
    );
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toContain(reason);
  });

  it('P-13 P-15 refuses another browser, and one without cookies', async () => {
    const path = await open(idp.browser());
    const other = idp.browser();
    expect((await other.get(path)).status).toBe(403);
    expect((await idp.browser().post(path, ADA)).status).toBe(403);
    await signIn(other);
    expect((await other.post(path, ADA)).status).toBe(403);
  });

  it('P-16 gives a planted session cookie no session', async () => {
    const browser = idp.browser();
    const planted = 'p'.repeat(43);
    browser.cookies.set('__Host-sso', planted);
    await signIn(browser);
    const mine = browser.cookies.get('__Host-sso');
    expect(mine).not.toBe(planted);
    browser.cookies.set('__Host-sso', planted);
    expect(locationOf(await browser.get(authorizePath({ prompt: 'none' }))).searchParams.get('error')).toBe(
      'login_required',
    );
  });

  it('ends the session of whoever was signed in in this browser before', async () => {
    await idp.provider.store.setDisabled('ben', false, 1);
    const browser = idp.browser();
    await signIn(browser);
    await signIn(browser, authorizePath({ prompt: 'login' }), 'ben');
    expect(idp.events.findLast(({ type }) => type === 'session.ended')).toMatchObject({
      sub: 'sub-ada',
      reason: 'other-person',
    });
  });

  it('serves two tabs that sign in at once', async () => {
    const browser = idp.browser();
    const [one, two] = [await open(browser), await open(browser, { state: 'state-2' })];
    const first = locationOf(await browser.post(one, ADA));
    const second = locationOf(await browser.post(two, ADA));
    expect(locationOf(await browser.get(first.pathname)).searchParams.get('state')).toBe('state-1');
    expect(locationOf(await browser.get(second.pathname)).searchParams.get('state')).toBe('state-2');
  });

  it('P-30 goes back with access_denied, state and iss when the person cancels', async () => {
    const browser = idp.browser();
    const id = (await open(browser)).split('/').at(-1);
    const answer = locationOf(await browser.post(`/authorize/${id}/cancel`, {}));
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
      iss: ISSUER,
    });
    expect((await browser.get(`/sign-in/${id}`)).status).toBe(410);
  });

  it('says what to do when its request has waited too long', async () => {
    const browser = idp.browser();
    const path = await open(browser);
    idp.advanceClock(1801);
    const response = await browser.get(path);
    expect(response.status).toBe(410);
    expect(await response.text()).toContain('start again');
  });

  it.each(['x', '', '%00', '..%2f..%2fetc', '__proto__'])(
    'X-08 knows no request with the id %j',
    async (id) => {
      const response = await idp.browser().get(`/sign-in/${id}`);
      expect([400, 404, 410]).toContain(response.status);
    },
  );

  it.each(['\u0000', 'x', 'A'.repeat(4096), 'ünï', 'a=b'])(
    'C-01 C-02 a broken cookie %j is no session',
    async (value) => {
      const headers = { cookie: `__Host-sso=${encodeURIComponent(value)}; __Host-sso=; x` };
      const response = await idp.fetch(new Request(ISSUER + authorizePath({ prompt: 'none' }), { headers }));
      expect(locationOf(response).searchParams.get('error')).toBe('login_required');
    },
  );
});
