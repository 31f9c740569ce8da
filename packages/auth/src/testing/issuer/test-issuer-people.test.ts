import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ada, openTestSite, type TestIssuerOptions, type TestPerson } from '../index.ts';

const bob: TestPerson = { sub: 'bob', claims: { email: 'bob@example.com' } };
const acrValues = { pwd: ['pwd'], mfa: ['pwd', 'otp'] };

/** Starts a login with more parameters than the site sends, and signs in. */
async function signIn(parameters: Record<string, string>, options: TestIssuerOptions = {}) {
  const test = await openTestSite({}, options);
  const url = new URL(await test.browser.startLogin());
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { ...test, url, ...test.issuer.authorize(url) };
}

describe('a person at the test issuer', () => {
  it('has a name of their own, and none of Ada’s', async () => {
    const { browser, site } = await openTestSite();
    await browser.signIn({ person: { sub: 'bob' } });
    const session = await site.getSession(browser.request('/').headers.get('cookie'));
    expect(session?.user).toEqual({ sub: 'bob' });
  });

  it('has none of Ada’s in a minted ID token either', async () => {
    const { issuer } = await openTestSite();
    expect(decodeJwt(await issuer.idToken())).toMatchObject({ sub: ada.sub, name: 'Ada Lovelace' });
    expect(decodeJwt(await issuer.idToken({ sub: 'bob' }))).not.toHaveProperty('name');
  });

  it.each([
    ['bob', 'bob'],
    ['bob@example.com', 'bob'],
    ['somebody', ada.sub],
  ])('is the one that login_hint=%s names', async (login_hint, sub) => {
    const { signOn } = await signIn({ login_hint }, { people: [ada, bob] });
    expect(signOn?.person.sub).toBe(sub);
  });

  it.each([
    ['as weakly as they may', {}, 'pwd', ['pwd']],
    ['as strongly as asked', { acr_values: 'phr mfa' }, 'mfa', ['pwd', 'otp']],
    ['as they do where nobody knows what is asked', { acr_values: 'phr' }, 'pwd', ['pwd']],
  ])('signs in %s', async (_what, parameters, acr, amr) => {
    const { signOn } = await signIn(parameters, { acrValues });
    expect(signOn?.proof).toMatchObject({ acr, amr });
  });

  it('proves themselves more strongly for a site that asks, once', async () => {
    const { issuer, url, signOn } = await signIn({}, { acrValues });
    issuer.clock.advance(60);
    url.searchParams.set('acr_values', 'mfa');
    issuer.authorize(url, { signOn });
    const authTime = issuer.clock();
    issuer.clock.advance(60);
    issuer.authorize(url, { signOn });
    expect(signOn?.proof).toEqual({ acr: 'mfa', amr: ['pwd', 'otp'], authTime });
  });

  it('steps up for a page that wants a stronger proof, within one sign-on session', async () => {
    const { browser, site, issuer } = await openTestSite({}, { acrValues });
    await browser.signIn();
    const { headers } = await browser.visit(site.loginPath('/close', { acrValues: ['mfa'] }));
    const { callback } = issuer.authorize(headers.get('location') ?? '', { signOn: browser.signOn });
    await browser.visit(callback.pathname + callback.search);
    const session = await site.getSession(browser.request('/').headers.get('cookie'));
    expect(session?.proves({ acrValues: ['mfa'] })).toBe(true);
    expect(session?.sid).toBe(browser.signOn?.sidOf('app'));
  });
});

describe('an issuer with a slash at the end, as some providers have it', () => {
  it.each([
    'https://tenant.example/',
    'https://tenant.example/realms/one',
    'https://tenant.example/realms/one/',
  ])('signs in, refreshes, exchanges and signs out as %s', async (issuer) => {
    const test = await openTestSite({}, { issuer });
    await test.browser.signIn();
    const cookie = test.browser.request('/').headers.get('cookie');
    expect((await test.site.getSession(cookie))?.user.name).toBe('Ada Lovelace');
    await expect(test.site.tokenFor(cookie, 'https://blog.example/api')).resolves.toMatch(/^eyJ/);
    test.issuer.clock.advance(580);
    expect((await test.requestPage()).session?.user.name).toBe('Ada Lovelace');
    await test.browser.signOut();
    expect(test.browser.signOn?.ended).toBe(true);
  });
});
