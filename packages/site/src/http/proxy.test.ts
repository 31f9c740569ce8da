import { NextRequest, NextResponse } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { createProxy } from './proxy.ts';

/** Sends one request through the proxy; `refreshed` says whether the session was looked at. */
async function send(cookie = '') {
  let refreshed = false;
  const proxy = createProxy({
    refresh: async (request) => {
      refreshed = true;
      return NextResponse.next({ request: { headers: request.headers } });
    },
    issuer: () => 'https://idp.example/tenant',
    development: false,
  });
  const response = await proxy(new NextRequest('https://shop.example/', { headers: { cookie } }));
  return { refreshed, headers: response.headers };
}

describe('the proxy of a site', () => {
  it('renews the session unless the browser says that it is fresh', async () => {
    expect((await send()).refreshed).toBe(true);
    expect((await send('__Host-fresh=1')).refreshed).toBe(false);
  });

  it.each(['', '__Host-fresh=1'])(
    'gives page and browser the same policy, with cookie "%s"',
    async (cookie) => {
      const { headers } = await send(cookie);
      const policy = headers.get('content-security-policy');
      expect(policy).toMatch(/script-src 'nonce-[0-9a-f]{32}'/);
      expect(headers.get('x-middleware-request-content-security-policy')).toBe(policy);
    },
  );

  it('makes a new nonce for each document', async () => {
    const policies = await Promise.all([send(), send(), send('__Host-fresh=1')]);
    expect(new Set(policies.map(({ headers }) => headers.get('content-security-policy'))).size).toBe(3);
  });

  it('lets forms lead to the origin of the provider', async () => {
    const { headers } = await send();
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://idp.example;");
  });

  it('tells caches that the page depends on the cookie', async () => {
    expect((await send()).headers.get('vary')).toContain('Cookie');
  });
});
