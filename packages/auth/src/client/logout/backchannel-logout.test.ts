import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryRevocations, type RevocationStore } from '../../session/index.ts';
import {
  createTestClock,
  createTestIssuer,
  createTestKey,
  type Forgery,
  openTestSite,
  type TestSite,
} from '../../testing/index.ts';
import type { RelyingParty } from '../index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
});

const cookie = () => test.browser.request('/').headers.get('cookie');
const current = async () => test.site.getSession(cookie());

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request('https://app.example/auth/backchannel-logout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  const response = await test.site.handler(request);
  if (!response) throw new Error('not answered');
  return response;
}

/** Revocations whose first one does not reach the store. */
function failingOnce(): RevocationStore {
  const store = createMemoryRevocations(createTestClock());
  const state = { failed: false };
  return {
    ...store,
    revoke(revocation) {
      if (state.failed) return store.revoke(revocation);
      state.failed = true;
      return Promise.reject(new Error('database is locked'));
    },
  };
}

function deliver(site: RelyingParty, body: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return site.handler(
    new Request('https://app.example/auth/backchannel-logout', { method: 'POST', headers, body }),
  );
}

const form = (token: string) => new URLSearchParams({ logout_token: token }).toString();

describe('a logout token', () => {
  it('B-03 by sid ends that session within the same second, copies included', async () => {
    const other = test.newBrowser();
    await other.signIn();
    const response = await post(form(await test.issuer.logoutToken({ sid: (await current())?.sid })));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(await current()).toBeUndefined();
    expect(await test.site.getSession(other.request('/').headers.get('cookie'))).toBeDefined();
  });

  it('B-03 by sub ends all sessions of the person', async () => {
    const other = test.newBrowser();
    await other.signIn();
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    expect(await current()).toBeUndefined();
    expect(await test.site.getSession(other.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it('leaves a later login alone', async () => {
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    test.issuer.clock.advance(1);
    await test.browser.signIn();
    expect(await current()).toBeDefined();
  });

  it('F-06 by a provider whose clock is behind ends the session all the same', async () => {
    const iat = test.issuer.clock() - 29;
    test.issuer.alter({ idToken: { claims: { iat: iat - 1 } } });
    await test.browser.signIn();
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada', iat })));
    expect(await current()).toBeUndefined();
  });

  it('by sub leaves a login alone that comes after it in the same second', async () => {
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    expect(await current()).toBeUndefined();
    expect((await test.browser.signIn()).status).toBe(303);
    expect(await current()).toBeDefined();
  });

  it('by sub ends a login of the same second that came before it', async () => {
    await test.browser.signIn();
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    expect(await current()).toBeUndefined();
  });

  it('F-06 by sub leaves a login of the same second alone also where the provider’s clock is ahead', async () => {
    const iat = test.issuer.clock() + 20;
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada', iat })));
    test.issuer.alter({ idToken: { claims: { iat } } });
    await test.browser.signIn();
    expect(await current()).toBeDefined();
  });

  it('by sub, with times in fractions, is judged by the whole second', async () => {
    const iat = test.issuer.clock() + 0.25;
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada', iat })));
    expect(await current()).toBeUndefined();
    test.issuer.alter({ idToken: { claims: { iat: iat + 0.5 } } });
    await test.browser.signIn();
    expect(await current()).toBeDefined();
  });

  it('by sub lets the person in again, whose sign-on session outlived it and repeats its auth_time', async () => {
    const authTime = test.issuer.clock();
    test.issuer.clock.advance(60);
    await post(form(await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    test.issuer.clock.advance(1);
    test.issuer.alter({ idToken: { claims: { auth_time: authTime } } });
    await test.browser.signIn();
    expect((await current())?.idTokenClaims.auth_time).toBe(authTime);
  });

  it('leaves a later login alone however late it arrives', async () => {
    const token = await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' });
    test.issuer.clock.advance(60);
    await test.browser.signIn();
    expect((await post(form(token))).status).toBe(200);
    expect(await current()).toBeDefined();
  });

  it('B-07 by sid ends also a login of that session that is still on its way', async () => {
    const browser = test.newBrowser();
    const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
    await post(form(await test.issuer.logoutToken({ sid: signOn?.sidOf('app') })));
    test.issuer.clock.advance(5);
    await browser.visit(callback.pathname + callback.search);
    expect(await test.site.getSession(browser.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it('G16 is not lost to a store that fails once: the provider tries again', async () => {
    const { site, browser, issuer } = await openTestSite({ revocations: failingOnce() });
    await browser.signIn();
    const read = () => browser.request('/').headers.get('cookie');
    const token = await issuer.logoutToken({ sid: (await site.getSession(read()))?.sid });
    const answers = [await deliver(site, form(token)), await deliver(site, form(token))];
    expect(answers.map((answer) => answer?.status)).toEqual([503, 200]);
    expect(await site.getSession(read())).toBeUndefined();
  });

  it('B-02 counts once', async () => {
    const token = await test.issuer.logoutToken();
    expect((await post(form(token))).status).toBe(200);
    expect((await post(form(token))).status).toBe(400);
  });

  it('B-02 sent again ends no login that came after it', async () => {
    const token = await test.issuer.logoutToken({ sid: undefined, sub: 'person-ada' });
    await post(form(token));
    test.issuer.clock.advance(5);
    await test.browser.signIn();
    expect((await post(form(token))).status).toBe(400);
    expect(await current()).toBeDefined();
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
    const token = await test.issuer.idToken({ sid: (await current())?.sid });
    expect((await post(form(token))).status).toBe(400);
    expect(await current()).toBeDefined();
  });
});

describe('B-04 a request that is no back-channel logout answers 4xx, though its token is right:', () => {
  it.each<[string, (token: string) => BodyInit, Record<string, string>]>([
    ['JSON', (token) => JSON.stringify({ logout_token: token }), { 'content-type': 'application/json' }],
    ['a form that says it is text', form, { 'content-type': 'text/plain' }],
    ['a token under another name', (token) => `token=${token}`, {}],
    ['the token twice', (token) => `${form(token)}&${form(token)}`, {}],
    ['a body of 1 MB', (token) => `${form(token)}&x=${'x'.repeat(1_000_000)}`, {}],
    ['a browser’s origin', form, { origin: 'https://evil.example' }],
    ['our own origin', form, { origin: 'https://app.example' }],
    ['a browser’s fetch metadata', form, { 'sec-fetch-site': 'cross-site' }],
    ['garbage', () => 'logout_token=..', {}],
  ])('%s', async (_what, bodyOf, headers) => {
    const token = await test.issuer.logoutToken({ sid: (await current())?.sid });
    const response = await post(bodyOf(token), headers);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(await current()).toBeDefined();
  });
});

it('B-07 a logout while a login is in flight: no session survives', async () => {
  const browser = test.newBrowser();
  const { callback, signOn } = test.issuer.authorize(await browser.startLogin());
  const arriving = browser.visit(callback.pathname + callback.search);
  await post(form(await test.issuer.logoutToken({ sid: signOn?.sidOf('app') })));
  await arriving;
  expect(await test.site.getSession(browser.request('/').headers.get('cookie'))).toBeUndefined();
});

/** A site whose provider's token endpoint takes two seconds, in which something else happens. */
async function openSlowly(meanwhile: (site: TestSite) => Promise<unknown>) {
  const issuer = await createTestIssuer();
  const opened: TestSite[] = [];
  const site = await openTestSite({
    clock: issuer.clock,
    async fetch(input, init) {
      const isToken = new Request(input).url.endsWith('/token');
      if (isToken) issuer.clock.advance(1);
      if (isToken && opened[0]) await meanwhile(opened[0]);
      if (isToken) issuer.clock.advance(1);
      return issuer.fetch(input, init);
    },
  });
  return { site, issuer, arm: () => opened.push(site) };
}

describe('B-07 a logout that arrives while the provider is asked', () => {
  it.each(['sid', 'sub'] as const)('for a code ends the session that it gives, by %s', async (by) => {
    const { site, issuer, arm } = await openSlowly(async ({ site: party }) => {
      const token = await issuer.logoutToken({ sid: undefined, ...named[by] });
      await deliver(party, form(token));
    });
    const { callback, signOn } = issuer.authorize(await site.browser.startLogin());
    const named = { sid: { sid: signOn?.sidOf('app') }, sub: { sub: 'person-ada' } };
    arm();
    await site.browser.visit(callback.pathname + callback.search);
    expect(await site.site.getSession(site.browser.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it('to renew does not come too late for the renewed session', async () => {
    const { site, issuer, arm } = await openSlowly(async ({ site: party }) => {
      await deliver(party, form(await issuer.logoutToken({ sid: undefined, sub: 'person-ada' })));
    });
    const { callback } = issuer.authorize(await site.browser.startLogin());
    await site.browser.visit(callback.pathname + callback.search);
    issuer.clock.advance(540);
    arm();
    await site.requestPage();
    expect(await site.site.getSession(site.browser.request('/').headers.get('cookie'))).toBeUndefined();
  });
});

it('F-01 while the keys can’t be had it asks the provider to try again', async () => {
  const restarted = test.newProcess();
  test.issuer.fail('jwks', 'refused');
  const body = form(await test.issuer.logoutToken());
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await restarted.handler(
    new Request('https://app.example/auth/backchannel-logout', { method: 'POST', headers, body }),
  );
  expect(response?.status).toBe(503);
});
