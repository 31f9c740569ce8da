import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProvider, openTestProvider, tokensFor } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

const ORIGINS = [
  'https://evil.example',
  'null',
  'https://id.example.evil.example',
  'http://id.example',
  'https://shop.example',
];

const OPEN = [
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/jwks'],
  ['POST', '/token'],
  ['GET', '/userinfo'],
  ['POST', '/userinfo'],
  ['POST', '/revoke'],
] as const;

const CLOSED = [
  ['GET', '/authorize'],
  ['POST', '/authorize'],
  ['POST', '/par'],
  ['POST', '/introspect'],
  ['GET', '/end-session'],
  ['POST', '/end-session'],
  ['GET', '/sign-in/x'],
  ['POST', '/sign-in/x'],
  ['GET', '/account'],
  ['POST', '/sign-out'],
  ['GET', '/nowhere'],
] as const;

const rows = (list: readonly (readonly [string, string])[]) =>
  list.flatMap(([method, path]) => ORIGINS.map((origin) => [method, path, origin] as const));

describe('a script of another origin', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (method: string, path: string, headers: Record<string, string>) =>
    idp.fetch(new Request(ISSUER + path, { method, headers }));

  it.each(rows(OPEN))(
    'X-13 may read %s %s at %s, and never with credentials',
    async (method, path, origin) => {
      const response = await ask(method, path, { origin, cookie: '__Host-sso=x' });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it.each(rows(CLOSED))('X-13 may not read %s %s at %s', async (method, path, origin) => {
    for (const asked of [method, 'OPTIONS']) {
      const response = await ask(asked, path, { origin, 'access-control-request-method': method });
      const names = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(names).toEqual([]);
    }
  });

  it.each(OPEN)('X-13 X-14 asks first what it may send by %s to %s', async (method, path) => {
    const response = await ask('OPTIONS', path, {
      origin: 'https://app.example',
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain(method);
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('reads why it was refused, challenge included', async () => {
    const response = await ask('GET', '/userinfo', { origin: 'https://app.example' });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  it('gets nothing by the person’s cookies: userinfo wants a token', async () => {
    const browser = idp.browser();
    await tokensFor(idp, undefined, 'ada', browser);
    expect(browser.cookies.has('__Host-sso')).toBe(true);
    expect((await browser.get('/userinfo', { origin: 'https://evil.example' })).status).toBe(401);
  });

  it('is not told about origins when there is none: programs get the plain answer', async () => {
    const response = await ask('POST', '/token', {});
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
