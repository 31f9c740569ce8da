import { NextRequest } from 'next/server.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRelyingParty } from '../client/index.ts';
import { MINUTE } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';
import { HANDOVER_HEADER } from './framework.ts';
import { createNextAuth } from './next-auth.ts';
import { createSiteProxy, type ProxySite } from './proxy.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite({ silentSignIn: true });
});

const guarded = ['/orders/:path*'];

const sendTo = (site: ProxySite, path: string, init: RequestInit = {}) =>
  createSiteProxy(() => site, { guarded })(new NextRequest(test.browser.request(path, init)));

const send = (path = '/', headers: Record<string, string> = {}) => sendTo(test.site, path, { headers });

const ROUTER = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', accept: '*/*' };

const away = { revoke: async () => undefined, isRevoked: () => Promise.reject(new Error('no database')) };

/** What the page behind the proxy would see of a cookie. */
const forwarded = (response: Response) => response.headers.get('x-middleware-request-cookie') ?? '';

/** The name under which the page finds the session of this request. */
const handoverOf = (response: Response) =>
  response.headers.get(`x-middleware-request-${HANDOVER_HEADER}`) ?? undefined;

describe('proxy', () => {
  it('pain 2: shows the renewed session to the same render and to the browser', async () => {
    await test.browser.signIn();
    const before = test.browser.cookies.get('__Host-session')?.value;
    test.issuer.clock.advance(9 * MINUTE);
    const response = await send();
    test.browser.keep(response);
    const after = test.browser.cookies.get('__Host-session')?.value ?? '';
    expect(after).not.toBe(before);
    expect(forwarded(response)).toContain(`__Host-session=${after}`);
    expect((await test.site.getSession(forwarded(response)))?.user.sub).toBe('person-ada');
  });

  it('X-06 never lets a shared cache keep a cookie', async () => {
    await test.browser.signIn();
    test.issuer.clock.advance(9 * MINUTE);
    const { headers } = await send();
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toContain('Cookie');
  });

  it('takes a dead session from the request as well', async () => {
    await test.browser.signIn();
    const altered = `${test.browser.cookies.get('__Host-session')?.value}x`;
    test.browser.cookies.clear();
    const response = await send('/', {
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      cookie: `__Host-session=${altered}; other=1`,
    });
    expect(forwarded(response)).toBe('other=1');
    expect(response.headers.getSetCookie().join()).toContain('__Host-session=; Max-Age=0');
  });

  it('asks silently by an absolute 303 with its cookies', async () => {
    const response = await send('/posts');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(/^https:\/\/issuer\.example\/authorize\?/);
    expect(response.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual([
      '__Host-silent',
      expect.stringMatching(/^__Host-login-[\w-]{22}$/),
    ]);
  });

  it('passes everything else on untouched', async () => {
    const response = await send('/', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' });
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each(['/auth/events', '/auth/events/', '/auth/session'])(
    'B-20 lets %s through as it is: no use of the session, though a refresh is due',
    async (path) => {
      await test.browser.signIn();
      test.issuer.clock.advance(9 * MINUTE);
      const response = await send(path, { ...ROUTER, 'sec-fetch-site': 'same-origin' });
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get('x-middleware-next')).toBe('1');
    },
  );

  it('G18 passes requests on while the store is down: public pages stay, and no cookie goes', async () => {
    await test.browser.signIn();
    const site = createRelyingParty({ ...test.options, revocations: away });
    const response = await sendTo(site, '/orders');
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(forwarded(response)).toBe(test.browser.request('/').headers.get('cookie'));
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('a stranger’s document of a guarded page', () => {
  it.each([
    ['without any cookie', ''],
    ['with the marker alone', '__Host-fresh=1'],
    ['with an altered session and the marker', '__Host-session=a.b.c.d; __Host-fresh=1'],
  ])('%s is redirected to the login at once', async (_who, cookie) => {
    const response = await send('/orders/7?page=2', { cookie });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(
      'https://app.example/auth/login?return_to=%2Forders%2F7%3Fpage%3D2',
    );
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it('is redirected where the session ended elsewhere while the marker lives', async () => {
    await test.browser.signIn();
    expect(test.browser.cookies.has('__Host-fresh')).toBe(true);
    const revocations = { ...away, isRevoked: async () => true };
    const response = await sendTo(createRelyingParty({ ...test.options, revocations }), '/orders');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('/auth/login?');
    expect(response.headers.getSetCookie()).toContainEqual(
      expect.stringContaining('__Host-fresh=; Max-Age=0'),
    );
  });

  it('is redirected by a browser that sends no fetch metadata but wants HTML', async () => {
    const request = new NextRequest('https://localhost:4101/orders', {
      headers: { accept: 'text/html,*/*' },
    });
    const response = await createSiteProxy(() => test.site, { guarded })(request);
    expect(response.headers.get('location')).toBe('https://app.example/auth/login?return_to=%2Forders');
  });

  it('is redirected with the base path, which the guarded paths leave out', async () => {
    const below = await openTestSite({ baseUrl: 'https://app.example/shop' });
    const address = new URL('https://app.example/shop/orders');
    const nextConfig = { basePath: '/shop' };
    const request = new NextRequest(address, { headers: { accept: 'text/html' }, nextConfig });
    const response = await createSiteProxy(() => below.site, { guarded })(request);
    expect(response.headers.get('location')).toBe(
      'https://app.example/shop/auth/login?return_to=%2Fshop%2Forders',
    );
  });

  it.each([
    ['a soft navigation, which gets the redirect of the page', { headers: ROUTER }],
    ['a speculative load', { headers: { 'sec-purpose': 'prefetch' } }],
    ['a form that is posted', { method: 'POST', headers: { origin: 'https://app.example' } }],
  ])('is none of it: %s', async (_what, init) => {
    const response = await sendTo(test.site, '/orders', init);
    expect(response.headers.get('x-middleware-next')).toBe('1');
  });

  it('is not what a router asks for in a browser without fetch metadata', async () => {
    const request = new NextRequest('https://localhost:4101/orders', { headers: { accept: '*/*' } });
    const response = await createSiteProxy(() => test.site, { guarded })(request);
    expect(response.headers.get('x-middleware-next')).toBe('1');
  });

  it('a public page is asked about silently as before', async () => {
    expect((await send('/ordersx')).headers.get('location')).toContain('prompt=none');
  });
});

describe('a signed-in document', () => {
  let asked: number;
  let site: ReturnType<typeof createRelyingParty>;
  beforeEach(async () => {
    asked = 0;
    const revocations = { ...away, isRevoked: async () => ((asked += 1), false) };
    site = createRelyingParty({ ...test.options, revocations });
    await test.browser.signIn();
  });

  it('of a guarded page is asked about once, by proxy and page together', async () => {
    const response = await sendTo(site, '/orders');
    expect(response.headers.get('x-middleware-next')).toBe('1');
    const cookie = test.browser.request('/').headers.get('cookie');
    expect((await site.getSession(cookie, handoverOf(response)))?.user.sub).toBe('person-ada');
    expect(asked).toBe(1);
  });

  it('of another page is asked about once as well while the marker lives, and nothing is renewed or redirected', async () => {
    const response = await sendTo(site, '/');
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual([]);
    const cookie = test.browser.request('/').headers.get('cookie');
    await site.getSession(cookie, handoverOf(response));
    expect(asked).toBe(1);
  });

  it('N-03 is renewed though the marker lives, once the person’s permissions have changed', async () => {
    const headers = { 'content-type': 'application/secevent+jwt' };
    const init = { method: 'POST', headers, body: await test.issuer.securityEvent() };
    await test.site.handler(new Request('https://app.example/auth/security-events', init));
    test.issuer.clock.advance(1);
    expect(test.browser.cookies.has('__Host-fresh')).toBe(true);
    const response = await send('/');
    expect(response.headers.getSetCookie()).toContainEqual(expect.stringContaining('__Host-session='));
    expect((await test.site.getSession(forwarded(response)))?.permissions).not.toEqual([]);
  });

  it('is passed on as it is while the marker lives and the session has ended: the page finds out', async () => {
    const ended = createRelyingParty({
      ...test.options,
      revocations: { ...away, isRevoked: async () => true },
    });
    const response = await sendTo(ended, '/');
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('hands nothing over for an action, which may end the session before a page is rendered', async () => {
    const init = { method: 'POST', headers: { origin: 'https://app.example' } };
    expect(handoverOf(await sendTo(site, '/orders', init))).toBeUndefined();
  });

  it('shows the name to the page alone, never to the browser', async () => {
    const response = await sendTo(site, '/orders');
    expect(handoverOf(response)).toMatch(/^[\w-]{22}$/);
    expect(response.headers.has(HANDOVER_HEADER)).toBe(false);
  });
});

it.each([
  ['a stranger', ''],
  ['somebody for whom nothing is due', '__Host-fresh=1'],
])('a header that the site’s own proxy put on the request of %s reaches the page', async (_who, cookie) => {
  const request = new NextRequest(test.browser.request('/', { headers: { ...ROUTER, cookie } }));
  request.headers.set('content-security-policy', 'its own');
  const response = await createSiteProxy(() => test.site, { guarded })(request);
  expect(response.headers.get('x-middleware-request-content-security-policy')).toBe('its own');
});

it('createProxy refuses a path that it can’t read when the site is wired', () => {
  expect(() => createNextAuth(() => test.options).createProxy({ guarded: ['orders'] })).toThrow(/guarded/);
});
