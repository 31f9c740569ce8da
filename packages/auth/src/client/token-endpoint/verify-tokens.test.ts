import { beforeAll, describe, expect, it } from 'vitest';
import { defineAccess } from '../../access/index.ts';
import { createTestKey, type Forgery, openTestSite, type TestSite } from '../../testing/index.ts';
import type { SigningKey } from '../../tokens/index.ts';

let test: TestSite;
let stranger: SigningKey;
beforeAll(async () => {
  test = await openTestSite();
  stranger = await createTestKey();
});

const secret = { secret: 'app-secret' };
const now = () => test.issuer.clock();

/** Signs in while the provider's token response is altered; a fresh browser each time. */
async function signInWith(alteration: Parameters<TestSite['issuer']['alter']>[0]) {
  const browser = test.newBrowser();
  test.issuer.alter(alteration);
  const response = await browser.signIn();
  test.issuer.alter();
  return { response, signedIn: browser.cookies.has('__Host-session') };
}

describe('an ID token from the token endpoint (G3) is refused', () => {
  it.each<[string, () => Forgery]>([
    ['T-01 alg none', () => ({ header: { alg: 'none' }, signer: 'nobody' })],
    ['T-01 alg NoNe', () => ({ header: { alg: 'NoNe' }, signer: 'nobody' })],
    ['T-01 no signature', () => ({ signer: 'nobody' })],
    ['T-03 HS256 keyed with the client secret', () => ({ header: { alg: 'HS256' }, signer: secret })],
    ['T-04 another algorithm under our key id', () => ({ header: { alg: 'ES384' } })],
    ['T-06 an unknown key id', () => ({ header: { kid: 'unknown' } })],
    ['T-09 a stranger signing under our key id', () => ({ signer: stranger })],
    ['T-10 an unknown critical header', () => ({ header: { crit: ['exp'] } })],
    ['T-12 typ at+jwt', () => ({ header: { typ: 'at+jwt' } })],
    ['T-12 typ logout+jwt', () => ({ header: { typ: 'logout+jwt' } })],
    ['T-16 another audience', () => ({ claims: { aud: 'blog' } })],
    ['T-16 no audience', () => ({ claims: { aud: undefined } })],
    ['T-16 a stranger among the audiences', () => ({ claims: { aud: ['app', 'blog'] } })],
    ['T-18 another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['T-18 a trailing slash on the issuer', () => ({ claims: { iss: 'https://issuer.example/' } })],
    ['T-19 azp of another client', () => ({ claims: { azp: 'blog' } })],
    ['T-20 no end', () => ({ claims: { exp: undefined } })],
    ['T-20 an end 31 s ago', () => ({ claims: { exp: now() - 31 } })],
    ['T-20 an end in words', () => ({ claims: { exp: '2999' } })],
    ['T-21 issued 61 s ahead', () => ({ claims: { iat: now() + 61 } })],
    ['T-22 no iat', () => ({ claims: { iat: undefined } })],
    ['T-22 no sub', () => ({ claims: { sub: undefined } })],
    ['T-22 an empty sub', () => ({ claims: { sub: '' } })],
    ['T-22 a sub of 300 characters', () => ({ claims: { sub: 'x'.repeat(300) } })],
    ['T-23 another nonce', () => ({ claims: { nonce: 'other' } })],
    ['T-23 no nonce', () => ({ claims: { nonce: undefined } })],
    ['T-24 the hash of another access token', () => ({ claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } })],
    ['T-30 JSON in place of the compact form', () => ({ headerText: () => '{"alg":"ES256"' })],
  ])('%s', async (_what, forgery) => {
    const { response, signedIn } = await signInWith({ idToken: forgery() });
    expect(signedIn).toBe(false);
    expect(response.status).toBe(400);
  });

  it('T-26 a JWE in its place', async () => {
    expect((await signInWith({ response: { id_token: 'a.b.c.d.e' } })).signedIn).toBe(false);
  });

  it('T-14 an access token in its place', async () => {
    const { signedIn } = await signInWith({ response: { id_token: await test.issuer.accessToken() } });
    expect(signedIn).toBe(false);
  });

  it('that is missing', async () => {
    expect((await signInWith({ response: { id_token: undefined } })).signedIn).toBe(false);
  });
});

describe('an ID token is accepted', () => {
  it.each<[string, () => Forgery]>([
    ['T-16 with its audience in an array of one', () => ({ claims: { aud: ['app'] } })],
    ['T-20 29 s past its end', () => ({ claims: { exp: now() - 29 } })],
    ['T-21 8 s before its nbf', () => ({ claims: { nbf: now() + 8 } })],
    [
      'T-20 with times in fractions',
      () => ({ claims: { exp: now() + 60.5, iat: now() - 0.25, auth_time: now() - 0.5 } }),
    ],
    ['T-24 without at_hash', () => ({ claims: { at_hash: undefined } })],
  ])('%s', async (_what, forgery) => {
    expect((await signInWith({ idToken: forgery() })).signedIn).toBe(true);
  });
});

describe('an access token that pages would decide by is refused', () => {
  it.each<[string, () => Forgery]>([
    ['T-01 alg none', () => ({ header: { alg: 'none' }, signer: 'nobody' })],
    ['T-13 an ID token', () => ({ header: { typ: 'JWT' } })],
    ['T-17 for another API', () => ({ claims: { aud: 'https://blog.example/api' } })],
    ['T-35 signed by a stranger', () => ({ signer: stranger })],
    ['of another person than the ID token', () => ({ claims: { sub: 'person-ben' } })],
    ['of another client', () => ({ claims: { client_id: 'blog' } })],
  ])('%s', async (_what, forgery) => {
    const { signedIn } = await signInWith({
      accessToken: forgery(),
      idToken: { claims: { at_hash: undefined } },
    });
    expect(signedIn).toBe(false);
  });
});

describe('a token response is refused', () => {
  it.each([
    ['without an access token', { access_token: undefined }],
    ['with a token type nobody asked for', { token_type: 'mac' }],
    ['with an access token that is no text', { access_token: 1 }],
  ])('%s', async (_what, response) => {
    expect((await signInWith({ response })).signedIn).toBe(false);
  });
});

it('F-04 a login right after a rotation works, although a stranger’s logout token used up the cool-down', async () => {
  const { site, issuer, browser } = await openTestSite();
  await browser.signIn();
  const body = new URLSearchParams({
    logout_token: await issuer.forge('logout', { header: { kid: 'made-up' } }),
  });
  await site.handler(new Request('https://app.example/auth/backchannel-logout', { method: 'POST', body }));
  await issuer.keys.rotate({ forgetOld: true });
  const response = await browser.signIn({ returnTo: '/orders' });
  expect(response.headers.get('location')).toBe('https://app.example/orders');
});

describe('T-04 the access token for the site’s own API', () => {
  const audience = 'https://old.example/api';
  const permissions = { 'old:things.read': 'Read old things' };
  const access = defineAccess({
    audiences: { [audience]: { title: 'Old', permissions, alg: 'RS256' } },
    roles: {},
  });

  async function openOldSite() {
    const site = await openTestSite({ audience, access }, { audience });
    const rsa = await createTestKey('RS256');
    site.issuer.keys.publish(rsa);
    return { ...site, forgery: { header: { alg: 'RS256', kid: rsa.kid }, signer: rsa } };
  }

  it('is taken with what the contract says of that API, beside an ID token by ES256', async () => {
    const { browser, issuer, forgery } = await openOldSite();
    issuer.alter({ accessToken: forgery });
    expect((await browser.signIn()).status).toBe(303);
  });

  it('and with nothing else; nor does that let ID tokens in', async () => {
    const { browser, issuer, forgery } = await openOldSite();
    expect((await browser.signIn()).status).toBe(400);
    issuer.alter({ accessToken: forgery, idToken: forgery });
    expect((await browser.signIn()).status).toBe(400);
  });
});
