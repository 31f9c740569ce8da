import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizePath, type TestProvider, openTestProvider, tokenRequest } from '../test/test-provider.ts';
import { ISSUER } from '../test/registrations.ts';

describe('the provider over HTTP', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (path: string, init: RequestInit = {}) => idp.fetch(new Request(ISSUER + path, init));

  it('answers at every address its metadata names', async () => {
    const metadata: Record<string, unknown> = await (await ask('/.well-known/openid-configuration')).json();
    const addresses = Object.entries(metadata).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(addresses.length).toBeGreaterThanOrEqual(5);
    for (const [, address] of addresses) {
      expect((await idp.fetch(new Request(String(address)))).status).not.toBe(404);
    }
  });

  it('serves one stylesheet under a name that changes with its content', async () => {
    const html = await (await ask('/account')).text();
    const path = /href="(\/assets\/[\w-]+\.css)"/.exec(html)?.[1] ?? '';
    const response = await ask(path);
    expect(response.headers.get('content-type')).toContain('text/css');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toContain('.panel');
  });

  it.each([
    ['TRACE', '/authorize'],
    ['PUT', '/token'],
    ['DELETE', '/userinfo'],
    ['GET', '/token'],
    ['POST', '/jwks'],
    ['PATCH', '/end-session'],
  ])('X-14 refuses %s %s', async (method, path) => {
    // `Request` itself refuses TRACE, as browsers do; on the wire it arrives all the same.
    const request = new Proxy(new Request(ISSUER + path), {
      get: (target, name) => (name === 'method' ? method : Reflect.get(target, name, target)),
    });
    const response = await idp.fetch(request);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBeTruthy();
  });

  it.each([
    '/Token',
    '/token/',
    '//token',
    '/x/../token%2f',
    '/token;x',
    '/%74oken%00',
    '/sign-in',
    '/.env',
    '/__proto__',
  ])('X-08 %s is no address of ours', async (path) => {
    expect((await ask(path, { method: 'POST', body: new URLSearchParams() })).status).toBe(404);
  });

  it('X-09 believes neither Host nor forwarded headers', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const response = await idp.fetch(new Request(`http://evil.example${authorizePath()}`, { headers }));
    expect(response.headers.get('location')).toMatch(new RegExp(`^${ISSUER}/sign-in/`));
    expect(response.headers.get('set-cookie')).not.toContain('evil');
    const metadata = await idp.fetch(
      new Request('http://evil.example/.well-known/openid-configuration', { headers }),
    );
    expect(await metadata.text()).not.toContain('evil');
  });

  it('shows a page that names cause and fix where there is none', async () => {
    const response = await ask('/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await response.text()).toContain('There is no page here');
  });

  it('says whether it is alive and whether it can work', async () => {
    expect(await (await ask('/healthz')).text()).toBe('ok');
    expect((await ask('/readyz')).status).toBe(200);
  });
});

const failing = () =>
  Promise.reject(Object.assign(new Error('secret path /var/db'), { code: 'SQLITE_IOERR' }));

describe('G18 when its store fails', () => {
  it('answers 503 with Retry-After, on pages and on the wire, and shows nothing of the inside', async () => {
    await using idp = await openTestProvider({ DATABASE_URL: 'file::memory:' });
    Object.assign(idp.provider.store, {
      findRefreshTokenFamily: failing,
      addInteraction: failing,
      ping: failing,
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: `${'a'.repeat(22)}.${'b'.repeat(22)}` };
    for (const request of [
      tokenRequest(refresh),
      new Request(ISSUER + authorizePath()),
      new Request(`${ISSUER}/readyz`),
    ]) {
      const response = await idp.fetch(request);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('2');
      expect(await response.text()).not.toMatch(/secret path|SQLITE|\.ts:/);
    }
  });
});
