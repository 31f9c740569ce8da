import { beforeAll, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../testing/index.ts';
import { authPaths } from './index.ts';

let test: TestSite;
beforeAll(async () => {
  test = await openTestSite({ browserAudiences: ['https://other.example/api'] });
});

const allowed: Record<string, string> = {
  [authPaths.login]: 'GET, POST',
  [authPaths.callback]: 'GET',
  [authPaths.logout]: 'POST',
  [authPaths.loggedOut]: 'GET',
  [authPaths.session]: 'GET',
  [authPaths.events]: 'GET',
  [authPaths.boundToken]: 'POST',
  [authPaths.backchannelLogout]: 'POST',
  [authPaths.securityEvents]: 'POST',
};

describe('the paths of the relying party', () => {
  it.each(Object.values(authPaths))('X-14 %s answers 405 to every method but its own', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].filter(
      (name) => !allowed[path]?.split(', ').includes(name),
    )) {
      const response = await test.browser.visit(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allowed[path]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it.each([
    '/',
    '/auth',
    '/auth/',
    '/auth/login//',
    '/AUTH/LOGIN',
    '//auth/login',
    '/auth%2Flogin',
    '/auth/unknown',
  ])('X-03 X-08 %s is none of them', async (path) => {
    expect(await test.site.handler(new Request(`https://app.example${path}`))).toBeUndefined();
  });

  it.each(Object.values(authPaths))('%s answers with one slash at its end too', async (path) => {
    const [method = ''] = (allowed[path] ?? '').split(', ');
    const plain = await test.newBrowser().visit(path, { method });
    const slashed = await test.newBrowser().visit(`${path}/`, { method });
    expect(slashed.status).toBe(plain.status);
    expect(slashed.status).not.toBe(404);
  });
});

describe('GET /auth/session', () => {
  it('says null to a visitor, and display data without any token to a person', async () => {
    const browser = test.newBrowser();
    expect(await (await browser.visit('/auth/session')).json()).toEqual({ session: null });
    await browser.signIn();
    const response = await browser.visit('/auth/session', { headers: { 'sec-fetch-mode': 'cors' } });
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie');
    const text = await response.text();
    expect(text).not.toContain('eyJ');
    expect(JSON.parse(text)).toEqual({
      session: {
        user: { sub: 'person-ada', name: 'Ada Lovelace', email: 'ada@example.com' },
        permissions: ['things.read', 'things.write'],
        permissionsConfirmedAt: test.issuer.clock(),
        endsAt: test.issuer.clock() + 12 * 3600,
      },
    });
  });

  it('X-13 grants no other origin anything', async () => {
    const response = await test.browser.visit('/auth/session', {
      headers: { origin: 'https://evil.example' },
    });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});
