import { beforeEach, describe, expect, it } from 'vitest';
import { createTestKey, type Forgery, openTestSite, type TestSite } from '../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const cookie = () => test.browser.request('/').headers.get('cookie');
const current = async () => test.site.open(cookie());

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request('https://app.example/auth/backchannel-logout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  const response = await test.site.handle(request);
  if (!response) throw new Error('not answered');
  return response;
}

const form = (token: string) => new URLSearchParams({ logout_token: token }).toString();

describe('a logout token', () => {
  it('B-03 by sid ends that session within the same second, copies included', async () => {
    const other = test.newBrowser();
    await other.signIn();
    const response = await post(form(await test.issuer.logoutToken({ sid: (await current())?.sid })));
    expect(response.status).toBe(204);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(await current()).toBeUndefined();
    expect(await test.site.open(other.request('/').headers.get('cookie'))).toBeDefined();
  });

  it('B-03 by sub ends all sessions of the person', async () => {
    const other = test.newBrowser();
    await other.signIn();
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    expect(await current()).toBeUndefined();
    expect(await test.site.open(other.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it('leaves a later login alone', async () => {
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    test.issuer.clock.advance(1);
    await test.browser.signIn();
    expect(await current()).toBeDefined();
  });

  it('B-02 counts once', async () => {
    const token = await test.issuer.logoutToken();
    expect((await post(form(token))).status).toBe(204);
    expect((await post(form(token))).status).toBe(400);
  });
});

describe('B-01 a logout token is refused and the session lives:', () => {
  it.each<[string, () => Promise<Forgery> | Forgery]>([
    ['alg none', () => ({ header: { alg: 'none' }, signer: 'nobody' })],
    ['HS256 with the client secret', () => ({ header: { alg: 'HS256' }, signer: { secret: 'app-secret' } })],
    ['a foreign key', async () => ({ signer: await createTestKey() })],
    ['another audience', () => ({ claims: { aud: 'blog' } })],
    ['another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['no events', () => ({ claims: { events: undefined } })],
    ['other events', () => ({ claims: { events: { 'https://example/other': {} } } })],
    [
      'events in an array',
      () => ({ claims: { events: ['http://schemas.openid.net/event/backchannel-logout'] } }),
    ],
    ['a nonce', () => ({ claims: { nonce: 'x' } })],
    ['neither sid nor sub', () => ({ claims: { sid: undefined, sub: undefined } })],
    ['expired', () => ({ claims: { exp: test.issuer.clock() - 31 } })],
    ['no iat', () => ({ claims: { iat: undefined } })],
    ['no jti', () => ({ claims: { jti: undefined } })],
    ['T-15 typ at+jwt', () => ({ header: { typ: 'at+jwt' } })],
  ])('%s', async (_what, forgery) => {
    const { claims, ...rest } = await forgery();
    const sid = (await current())?.sid;
    const token = await test.issuer.forge('logout', { ...rest, claims: { sid, ...claims } });
    expect((await post(form(token))).status).toBe(400);
    expect(await current()).toBeDefined();
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'logout.rejected' }));
  });

  it('T-15 an ID token', async () => {
    expect((await post(form(await test.issuer.idToken()))).status).toBe(400);
  });
});

describe('B-04 a request that is no back-channel logout answers 4xx:', () => {
  it.each<[string, BodyInit, Record<string, string>]>([
    ['JSON', '{"logout_token":"x"}', { 'content-type': 'application/json' }],
    ['no token', 'a=b', {}],
    ['two tokens', 'logout_token=a&logout_token=b', {}],
    ['a body of 1 MB', `logout_token=${'x'.repeat(1_000_000)}`, {}],
    ['a browser’s origin', 'logout_token=x', { origin: 'https://evil.example' }],
    ['garbage', 'logout_token=..', {}],
  ])('%s', async (_what, body, headers) => {
    const response = await post(body, headers);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toContain('no-store');
  });
});

it('B-07 a logout while a login is in flight: no session survives', async () => {
  const browser = test.newBrowser();
  const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
  const arriving = browser.visit(callback.pathname + callback.search);
  await post(form(await test.issuer.logoutToken({ sid: signOn?.sid })));
  await arriving;
  expect(await test.site.open(browser.request('/').headers.get('cookie'))).toBeUndefined();
});

it('F-01 while the keys can’t be had it asks the provider to try again', async () => {
  const restarted = test.newProcess();
  test.issuer.fail('jwks', 'refused');
  const body = form(await test.issuer.logoutToken());
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await restarted.handle(
    new Request('https://app.example/auth/backchannel-logout', { method: 'POST', headers, body }),
  );
  expect(response?.status).toBe(503);
});
