import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../foundation/index.ts';
import { ada, createTestKey, type Forgery, openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

/** Renews the session while the provider's token response is altered. */
async function renewWith(alteration: Parameters<TestSite['issuer']['alter']>[0]) {
  test.issuer.alter(alteration);
  test.issuer.clock.advance(9 * MINUTE);
  return test.requestPage();
}

const now = () => test.issuer.clock();

describe('G3 a renewed ID token is verified like the first, and ends the session where it', () => {
  it.each<[string, () => Forgery | Promise<Forgery>]>([
    ['T-01 has alg none', () => ({ header: { alg: 'none' }, signer: 'nobody' })],
    ['T-01 has lost its signature', () => ({ signer: 'nobody' })],
    [
      'T-03 is an HMAC by the client secret',
      () => ({ header: { alg: 'HS256' }, signer: { secret: 'app-secret' } }),
    ],
    ['T-04 has another algorithm', () => ({ header: { alg: 'ES384' } })],
    ['T-09 is a stranger’s under our kid', async () => ({ signer: await createTestKey() })],
    ['T-10 has a critical header', () => ({ header: { crit: ['exp'] } })],
    ['T-12 is of type at+jwt', () => ({ header: { typ: 'at+jwt' } })],
    ['T-16 is for somebody else too', () => ({ claims: { aud: ['app', 'blog'] } })],
    ['T-18 is of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['T-19 has another azp', () => ({ claims: { azp: 'blog' } })],
    ['T-20 is over', () => ({ claims: { exp: now() - 31 } })],
    ['T-21 is of the future', () => ({ claims: { iat: now() + 9 * MINUTE + 61 } })],
    ['T-22 names nobody', () => ({ claims: { sub: undefined } })],
    ['T-23 carries the nonce of another login', () => ({ claims: { nonce: 'of-another-login' } })],
    ['T-24 speaks of another access token', () => ({ claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } })],
  ])('%s', async (_what, forgery) => {
    // at_hash is left out, so that nothing but the thing itself is wrong.
    const { claims, ...rest } = await forgery();
    const { session } = await renewWith({ idToken: { ...rest, claims: { at_hash: undefined, ...claims } } });
    expect(session).toBeUndefined();
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
  });
});

describe('a renewed ID token', () => {
  it('T-25 proves nothing anew: who, how and when stay those of the login', async () => {
    const before = (await test.requestPage()).session?.idTokenClaims;
    const claims = { auth_time: now() + 9 * MINUTE, sid: 'another', acr: 'gold', amr: ['hwk'] };
    const { session } = await renewWith({ idToken: { claims } });
    const kept = ({ auth_time, sid, acr, amr }: NonNullable<typeof before>) => ({ auth_time, sid, acr, amr });
    expect(session && kept(session.idTokenClaims)).toEqual(before && kept(before));
    expect(session?.proves({ maxAgeSeconds: 60 })).toBe(false);
  });

  it('may tell a new name, and what it does not repeat stays', async () => {
    const { session } = await renewWith({ idToken: { claims: { name: 'Ada King', email: undefined } } });
    expect(session?.user).toEqual({ sub: ada.sub, name: 'Ada King', email: 'ada@example.com' });
  });

  it('may hold null for what it does not have, the nonce for one', async () => {
    const { session } = await renewWith({
      idToken: { claims: { nonce: null, sid: null, amr: null, azp: null } },
    });
    expect(session).toBeDefined();
  });

  it('may repeat the nonce of its login (OIDC Core §12.2)', async () => {
    const browser = test.newBrowser();
    const address = await browser.startLogin();
    const { callback } = test.issuer.authorize(address);
    await browser.visit(callback.pathname + callback.search);
    test.issuer.alter({ idToken: { claims: { nonce: new URL(address).searchParams.get('nonce') } } });
    test.issuer.clock.advance(9 * MINUTE);
    expect((await test.requestPage(browser)).session).toBeDefined();
  });
});
