import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../foundation/index.ts';
import { createResourceServer } from '../resource/index.ts';
import { openTestSite, type TestBrowser, type TestSite } from '../testing/index.ts';
import { createTestBrowser } from '../testing/index.ts';
import {
  bearer,
  type BearerVariables,
  relyingParty,
  requirePermission,
  requireSession,
  type SessionVariables,
} from './index.ts';

let test: TestSite;
let browser: TestBrowser;
let app: Hono<{ Variables: SessionVariables }>;
beforeEach(async () => {
  test = await openTestSite();
  const { site } = test;
  app = new Hono<{ Variables: SessionVariables }>();
  app.use(relyingParty(site));
  app.get('/', (context) => context.text(context.get('session')?.user.name ?? 'nobody'));
  app.all('/orders', requireSession(site), (context) => context.text('orders'));
  app.get('/admin', requireSession(site), requirePermission('things.delete'), (context) =>
    context.text('admin'),
  );
  browser = createTestBrowser({
    handle: async (request) => app.request(request),
    baseUrl: 'https://app.example',
    issuer: test.issuer,
  });
});

describe('a Hono site', () => {
  it('signs people in and out', async () => {
    expect(await (await browser.visit('/')).text()).toBe('nobody');
    await browser.signIn();
    const page = await browser.visit('/');
    expect(await page.text()).toBe('Ada Lovelace');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    await browser.visit('/auth/logout', { method: 'POST', headers: { origin: 'https://app.example' } });
    expect(await (await browser.visit('/')).text()).toBe('nobody');
  });

  it('renews the session on the way', async () => {
    await browser.signIn();
    test.issuer.clock.advance(9 * MINUTE);
    const response = await browser.visit('/');
    expect(response.headers.getSetCookie().join()).toContain('__Host-session=');
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'token.refreshed' }));
  });

  it.each<[string, RequestInit, boolean, number]>([
    ['a visitor’s navigation', {}, false, 303],
    ['a visitor’s fetch', { headers: { 'sec-fetch-mode': 'cors' } }, false, 401],
    ['a person', {}, true, 200],
    ['a person’s own write', { method: 'POST', headers: { origin: 'https://app.example' } }, true, 200],
    ['a write by a foreign page', { method: 'POST', headers: { origin: 'https://evil.example' } }, true, 403],
  ])('requireSession answers %s', async (_what, init, signedIn, status) => {
    if (signedIn) await browser.signIn();
    expect((await browser.visit('/orders', init)).status).toBe(status);
  });

  it('T-25 requireSession has a person whose proof is too old prove it anew', async () => {
    app.get('/close', requireSession(test.site, { maxAgeSeconds: 60 }), (context) => context.text('closed'));
    await browser.signIn();
    expect((await browser.visit('/close')).status).toBe(200);
    test.issuer.clock.advance(91);
    expect((await browser.visit('/close')).headers.get('location')).toContain('&max_age=60');
    const fetched = await browser.visit('/close', { headers: { 'sec-fetch-mode': 'cors' } });
    expect(await fetched.json()).toEqual({ error: 'insufficient_user_authentication' });
  });

  it('requirePermission answers 403 without it', async () => {
    await browser.signIn();
    expect((await browser.visit('/admin')).status).toBe(403);
  });
});

describe('a Hono API', () => {
  it.each([
    ['nothing', undefined, 401],
    ['garbage', 'Bearer x', 401],
    ['T-33 Basic', 'Basic eA==', 401],
  ])('answers %s with a challenge', async (_what, authorization, status) => {
    const response = await api().request(
      '/things',
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('lets a right token through, with the permission it needs', async () => {
    const authorization = `Bearer ${await test.issuer.accessToken()}`;
    expect(await (await api().request('/things', { headers: { authorization } })).text()).toBe('person-ada');
    expect((await api().request('/things/all', { headers: { authorization } })).status).toBe(403);
  });
});

function api() {
  const { issuer } = test;
  const server = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    fetch: issuer.fetch,
    clock: issuer.clock,
  });
  const hono = new Hono<{ Variables: BearerVariables }>();
  hono.get('/things', bearer(server), (context) => context.text(context.get('token').sub));
  hono.get('/things/all', bearer(server, { permission: 'things.delete' }), (context) => context.text('all'));
  return hono;
}
