import { describe, expect, it } from 'vitest';
import type { AuthEvent } from '../foundation/index.ts';
import { createMemoryRevocations, toPersonOrder } from '../session/index.ts';
import { createTestClock, openTestSite } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const clock = createTestClock();

/** A site with its own API, both on one store, and the provider that tells the site what ended. */
async function openSiteWithApi() {
  const revocations = createMemoryRevocations(clock);
  const test = await openTestSite({ revocations, clock }, { clock });
  const { issuer, events } = test;
  const asked: string[] = [];
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    fetch: issuer.fetch,
    clock,
    revocations: { isRevoked: (session) => (asked.push(session.sid), revocations.isRevoked(session)) },
  });
  const read = api.guard(() => new Response('yours'));
  const call = async (token: string) =>
    read(new Request(issuer.audience, { headers: { authorization: `Bearer ${token}` } }));
  const logOut = async (claims: Record<string, unknown>) => {
    const body = new URLSearchParams({ logout_token: await issuer.logoutToken(claims) });
    const request = new Request('https://app.example/auth/backchannel-logout', { method: 'POST', body });
    expect((await test.site.handler(request))?.status).toBe(200);
  };
  return { ...test, revocations, call, logOut, asked, eventsOfSite: events };
}

const ofPerson = { sid: undefined, sub: 'person-ada' };

describe('a bearer token at an API that shares the site’s revocations', () => {
  it.each([
    ['B-10 of the session that a logout token names', {}, {}, 401],
    ['B-03 of the person that a logout token names', {}, ofPerson, 401],
    ['of that person, from a provider that names no sessions', { sid: undefined }, ofPerson, 401],
    ['of another session of the same person', { sid: 'sid-2' }, {}, 200],
    ['of another person', { sub: 'person-cyd', sid: 'sid-3' }, ofPerson, 200],
    ['that names no session, when one ended', { sid: undefined }, {}, 200],
  ])('%s: %#', async (_what, ofToken, ofLogout, status) => {
    const { call, logOut, issuer } = await openSiteWithApi();
    const [seen, unseen] = [await issuer.accessToken(ofToken), await issuer.accessToken(ofToken)];
    expect((await call(seen)).status).toBe(200);
    await logOut(ofLogout);
    // One that was verified a moment ago and is remembered, and one that comes for the first time.
    expect([(await call(seen)).status, (await call(unseen)).status]).toEqual([status, status]);
  });

  it('says what happened, as RFC 6750 has it', async () => {
    const { call, logOut, issuer } = await openSiteWithApi();
    await logOut({});
    const response = await call(await issuer.accessToken());
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.text()).toContain('token_revoked');
  });

  it('lives when it was issued after its person was signed out', async () => {
    const { call, logOut, issuer } = await openSiteWithApi();
    await logOut(ofPerson);
    clock.advance(1);
    expect((await call(await issuer.accessToken())).status).toBe(200);
  });

  it('ends when the person signs out at the site, whether or not the provider hears of it', async () => {
    const { call, browser, issuer, site } = await openSiteWithApi();
    await browser.signIn();
    const sid = (await site.getSession(browser.request('/').headers.get('cookie')))?.sid;
    const token = await issuer.accessToken({ sid });
    expect((await call(token)).status).toBe(200);
    issuer.fail('discovery', 'refused');
    await browser.signOut();
    expect((await call(token)).status).toBe(401);
  });

  it('lives when a new login at the site takes the place of the session: the provider’s goes on', async () => {
    const { call, browser, issuer, site } = await openSiteWithApi();
    await browser.signIn();
    const sid = (await site.getSession(browser.request('/').headers.get('cookie')))?.sid;
    const token = await issuer.accessToken({ sid });
    clock.advance(5);
    await browser.signIn();
    expect((await call(token)).status).toBe(200);
  });

  it('costs one question at the store, also where it is remembered', async () => {
    const { call, issuer, asked } = await openSiteWithApi();
    const token = await issuer.accessToken();
    await call(token);
    await call(token);
    expect(asked).toEqual(['sid-1', 'sid-1']);
  });
});

describe('while the store of revocations is down', () => {
  it('an API answers 503 and lets nobody in, remembered tokens included', async () => {
    const { issuer } = await openSiteWithApi();
    const events: AuthEvent[] = [];
    let isDown = false;
    const isRevoked = () => (isDown ? Promise.reject(new Error('locked')) : Promise.resolve(false));
    const { audience, fetch } = issuer;
    const observe = (event: AuthEvent) => void events.push(event);
    const revocations = { isRevoked };
    const store = { revocations, observe };
    const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock, ...store });
    const read = api.guard(() => new Response('yours'));
    const authorization = `Bearer ${await issuer.accessToken()}`;
    const call = () => read(new Request(audience, { headers: { authorization } }));
    expect((await call()).status).toBe(200);
    isDown = true;
    const response = await call();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(events.at(-1)).toMatchObject({ type: 'bearer.rejected', code: 'store_unavailable' });
  });
});

it('a logout of a person in the very second of the token ends it: nobody can say which came first', async () => {
  const { call, revocations, issuer } = await openSiteWithApi();
  const order = toPersonOrder(clock(), clock() * 1000);
  const row = { issuer: issuer.issuer, sub: 'person-ada', at: clock(), until: clock() + 900, order };
  await revocations.revoke(row);
  expect((await call(await issuer.accessToken())).status).toBe(401);
});
