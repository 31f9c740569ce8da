import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

/** A login up to the provider's answer. */
async function answered(returnTo?: string) {
  return test.issuer.authorize(await test.browser.startLogin(returnTo)).callback;
}

const visit = ({ pathname, search }: URL) => test.browser.visit(pathname + search);

type Change = (callback: URL) => URL;
const set =
  (name: string, value: string): Change =>
  (callback) => {
    callback.searchParams.set(name, value);
    return callback;
  };
const add =
  (name: string, value: string): Change =>
  (callback) => {
    callback.searchParams.append(name, value);
    return callback;
  };
const drop =
  (name: string): Change =>
  (callback) => {
    callback.searchParams.delete(name);
    return callback;
  };

const loginCookie = ([name]: readonly [string, unknown]) => name.startsWith('__Host-login-');

describe('an answer that is refused before any token call', () => {
  it.each<[string, Change, string]>([
    ['P-07 without state', drop('state'), 'callback_state'],
    ['P-07 with an empty state', set('state', ''), 'callback_state'],
    ['P-07 with a foreign state', set('state', 'foreign'), 'callback_state'],
    ['P-07 with a state of 8 kB', set('state', 'x'.repeat(8192)), 'callback_state'],
    ['P-28 with HTML and line breaks in the state', set('state', '<script>\r\n</script>'), 'callback_state'],
    ['P-07 with two states', add('state', 'second'), 'callback_state'],
    ['P-10 with another iss', set('iss', 'https://evil.example'), 'callback_issuer'],
    ['P-10 with a trailing slash on iss', set('iss', 'https://issuer.example/'), 'callback_issuer'],
    ['P-10 with an empty iss', set('iss', ''), 'callback_issuer'],
    ['P-10 without iss', drop('iss'), 'callback_issuer'],
    ['P-10 with two iss', add('iss', 'https://issuer.example'), 'callback_issuer'],
    [
      'P-11 with the iss of a second provider',
      set('iss', 'https://issuer.example.evil.example'),
      'callback_issuer',
    ],
    ['without code', drop('code'), 'callback_code'],
    ['with an empty code', set('code', ''), 'callback_code'],
    ['with two codes', add('code', 'second'), 'callback_code'],
    ['with tokens in the address', add('id_token', 'x'), 'callback_code'],
    [
      'P-30 with a cancelled login',
      (callback) => drop('code')(set('error', 'access_denied')(callback)),
      'callback_error',
    ],
  ])('%s', async (_what, change, code) => {
    const response = await visit(change(await answered('/orders')));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).toContain(code);
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    expect(test.issuer.requests('token')).toEqual([]);
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'callback.rejected', code }));
  });

  it('P-12 answers nothing in a browser that did not ask: login CSRF', async () => {
    const attackers = await answered();
    const victim = test.newBrowser();
    await victim.startLogin();
    const response = await victim.visit(attackers.pathname + attackers.search);
    expect(response.status).toBe(400);
    expect(victim.cookies.has('__Host-session')).toBe(false);
  });

  it('P-14 answers once: a copied login cookie with the same answer opens nothing', async () => {
    const callback = await answered();
    const copy = new Map(test.browser.cookies);
    await visit(callback);
    test.browser.cookies.clear();
    for (const [name, cookie] of copy) test.browser.cookies.set(name, cookie);
    await visit(callback);
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    expect(test.issuer.requests('token')).toHaveLength(1);
  });

  it('P-14 answers nothing when the login cookie was sealed for another site', async () => {
    const other = await openTestSite(
      { clientId: 'other' },
      { clients: [{ clientId: 'other', clientSecret: 'app-secret' }] },
    );
    const callback = await answered();
    await other.browser.startLogin();
    const [[, foreign] = []] = [...other.browser.cookies].filter(loginCookie);
    const name = [...test.browser.cookies.keys()].find((key) => key.startsWith('__Host-login-')) ?? '';
    if (foreign) test.browser.cookies.set(name, foreign);
    expect((await visit(callback)).status).toBe(400);
  });

  it('is over after ten minutes, says so, and leads back to the page', async () => {
    const callback = await answered('/orders');
    test.issuer.clock.advance(10 * MINUTE);
    const response = await visit(callback);
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('login_expired');
    expect(page).toContain('/auth/login?return_to=%2Forders');
  });
});
