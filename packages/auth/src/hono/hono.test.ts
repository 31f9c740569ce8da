import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRelyingParty } from '../client/index.ts';
import { MINUTE } from '../foundation/index.ts';
import { createTestBrowser, openTestSite, type TestBrowser, type TestSite } from '../testing/index.ts';
import { createHonoAuth } from './index.ts';

let test: TestSite;
let browser: TestBrowser;
beforeEach(async () => {
  test = await openTestSite();
  browser = openBrowser(createApp());
});

const other = 'https://other.example';

function createApp(site = test.site) {
  const { middleware, requireSession, requirePermission } = createHonoAuth(site);
  return new Hono()
    .use(middleware)
    .get('/', (context) => context.text(context.get('session')?.user.name ?? 'nobody'))
    .get('/moved', () => Response.redirect('https://app.example/', 302))
    .get('/fetched', () => fetch('data:text/plain,hello'))
    .get('/token', async (context) => Response.json((await context.get('tokenFor')(other)).length > 0))
    .get('/varied', (context) => context.text('', 200, { vary: 'Accept, Cookie' }))
    .all('/orders', requireSession(), (context) => context.text(context.get('session').user.name ?? ''))
    .get('/close', requireSession({ maxAgeSeconds: 60 }), (context) => context.text('closed'))
    .get('/admin', requirePermission('things.delete'), (context) => context.text('admin'))
    .get('/refunds', requirePermission('things.write', { maxAgeSeconds: 60 }), (context) =>
      context.text('refunds'),
    );
}

const openBrowser = (app: Pick<Hono, 'request'>) =>
  createTestBrowser({
    handler: async (request) => app.request(request),
    baseUrl: 'https://app.example',
    issuer: test.issuer,
  });

const away = { revoke: async () => undefined, isRevoked: () => Promise.reject(new Error('no database')) };

const isCors = { headers: { 'sec-fetch-mode': 'cors' } };

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

  it('B-20 holds event streams for open tabs', async () => {
    await browser.signIn();
    const stream = await browser.visit('/auth/events', isCors);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await browser.visit('/auth/logout', { method: 'POST', headers: { origin: 'https://app.example' } });
    expect(await stream.text()).toContain('data: changed\n\n');
  });

  it('renews the session on the way', async () => {
    await browser.signIn();
    test.issuer.clock.advance(9 * MINUTE);
    const response = await browser.visit('/');
    expect(response.headers.getSetCookie().join()).toContain('__Host-session=');
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'token.refreshed' }));
  });

  it('calls APIs with the token that this request renewed', async () => {
    await browser.signIn();
    test.issuer.clock.advance(15 * MINUTE);
    expect(await (await browser.visit('/token')).json()).toBe(true);
  });

  it.each([
    ['/moved', 302],
    ['/fetched', 200],
  ])(
    'gives its cookies and no-store to an answer whose headers can’t be changed: %s',
    async (path, status) => {
      await browser.signIn();
      test.issuer.clock.advance(9 * MINUTE);
      const response = await browser.visit(path);
      expect(response.status).toBe(status);
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      expect(response.headers.getSetCookie().join()).toContain('__Host-session=');
    },
  );

  it.each([
    ['/', 'Cookie'],
    ['/varied', 'Accept, Cookie'],
    ['/admin', 'Cookie'],
  ])('names the cookie in Vary once: %s', async (path, vary) => {
    await browser.signIn();
    expect((await browser.visit(path)).headers.get('vary')).toBe(vary);
  });

  it('answers HEAD as GET, without a body', async () => {
    await browser.signIn();
    test.issuer.clock.advance(9 * MINUTE);
    const response = await browser.visit('/orders', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.getSetCookie().join()).toContain('__Host-session=');
  });
});

describe('the guards of a Hono site', () => {
  it.each<[string, RequestInit, boolean, number]>([
    ['a visitor’s navigation', {}, false, 303],
    ['a visitor’s HEAD', { method: 'HEAD' }, false, 303],
    ['a visitor’s fetch', isCors, false, 401],
    ['a person', {}, true, 200],
    ['a person’s own write', { method: 'POST', headers: { origin: 'https://app.example' } }, true, 200],
    ['a write by a foreign page', { method: 'POST', headers: { origin: 'https://evil.example' } }, true, 403],
  ])('requireSession answers %s', async (_what, init, signedIn, status) => {
    if (signedIn) await browser.signIn();
    const response = await browser.visit('/orders', init);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it('pain 10: nothing begins for a prefetch of a guarded page', async () => {
    const prefetch = { headers: { 'sec-purpose': 'prefetch' } };
    const { headers } = await browser.visit('/orders', prefetch);
    expect(headers.get('location')).toBe('/auth/login?return_to=%2Forders');
    expect((await browser.visit(headers.get('location') ?? '', prefetch)).status).toBe(401);
    expect(browser.cookies.size).toBe(0);
  });

  it.each([
    ['requireSession', '/close'],
    ['requirePermission', '/refunds'],
  ])('T-25 %s has a person whose proof is too old prove it anew', async (_guard, path) => {
    await browser.signIn();
    expect((await browser.visit(path)).status).toBe(200);
    test.issuer.clock.advance(91);
    expect((await browser.visit(path)).headers.get('location')).toContain('&max_age=60');
    const fetched = await browser.visit(path, isCors);
    expect(await fetched.json()).toEqual({ error: 'insufficient_user_authentication' });
  });

  it('requirePermission answers 403 without it, and sends a visitor to the login', async () => {
    expect((await browser.visit('/admin')).status).toBe(303);
    await browser.signIn();
    const response = await browser.visit('/admin');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: 'permission_insufficient' });
  });
});

describe('refusals in a site’s own looks', () => {
  it('keep their status and are never cached', async () => {
    const { middleware, requirePermission } = createHonoAuth(test.site, {
      refusalPage: ({ status, error }, context) => context.html(`<h1>${status} ${error}</h1>`),
    });
    const app = new Hono().use(middleware).get('/admin', requirePermission('things.delete'));
    const own = openBrowser(app);
    await own.signIn();
    const response = await own.visit('/admin');
    expect([response.status, await response.text()]).toEqual([403, '<h1>403 permission_insufficient</h1>']);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('while the store is down', () => {
  it('G18 answers 503 to people and when to try again, and goes on for visitors', async () => {
    const site = createRelyingParty({ ...test.options, revocations: away });
    await browser.signIn();
    const answer = await createApp(site).request(browser.request('/'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect((await createApp(site).request('https://app.example/')).status).toBe(200);
  });
});
