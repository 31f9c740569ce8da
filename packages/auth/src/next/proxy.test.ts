import { NextRequest } from 'next/server.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRelyingParty } from '../client/index.ts';
import { MINUTE } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';
import { proxyRequest } from './proxy.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite({ silentSignIn: true });
});

const send = (path = '/', headers: Record<string, string> = {}) =>
  proxyRequest(test.site, new NextRequest(test.browser.request(path, { headers })));

const away = { revoke: async () => undefined, isRevoked: () => Promise.reject(new Error('no database')) };

/** What the page behind the proxy would see of a cookie. */
const forwarded = (response: Response) => response.headers.get('x-middleware-request-cookie') ?? '';

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

  it('G18 passes requests on while the store is down: public pages stay, and no cookie goes', async () => {
    await test.browser.signIn();
    const site = createRelyingParty({ ...test.options, revocations: away });
    const response = await proxyRequest(site, new NextRequest(test.browser.request('/')));
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.has('x-middleware-override-headers')).toBe(false);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
