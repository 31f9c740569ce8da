import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { bytesOf, sendBytes, sendBytesTo, statusOf } from '../support/raw-socket.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { tokensOf } from '../support/tokens.ts';

/** No site of ours serves these. */
const unserved = ['PUT', 'PATCH', 'DELETE', 'TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'get', 'X'];

const own = ['/auth/login', '/auth/callback', '/auth/logout', '/auth/logged-out', '/auth/session'];
const sites = [
  { site: 'shop', api: '/api/products', pages: ['/', '/session', '/members', '/products/red-headlamp'] },
  { site: 'blog', api: '/api/posts', pages: ['/', '/session', '/drafts', '/notes/ten-by-fifty'] },
] as const;

async function cookieOf(stack: StackInfo, site: 'shop' | 'blog'): Promise<string> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, site, 'ada');
  return `Cookie: ${jar.header(stack.origins[site])}`;
}

for (const { site, api, pages } of sites) {
  const paths = [
    ...pages,
    api,
    `${api}/x`,
    ...own,
    '/auth/backchannel-logout',
    '/auth/security-events',
    '/healthz',
    '/nowhere',
  ];

  test(`X-14 the ${site} answers 405 to a method that it does not serve, signed in or not`, async ({
    stack,
  }) => {
    const origin = stack.origins[site];
    const { host } = new URL(origin);
    const cookie = await cookieOf(stack, site);
    const rows = unserved.flatMap((method) => paths.map((path) => `${method} ${path}`));
    const answers = await Promise.all(
      rows.flatMap((line) =>
        [[], [cookie]].map(async (headers) => {
          const answer = await sendBytesTo(origin, bytesOf({ line, host, headers }));
          expect(answer, line).not.toMatch(/^set-cookie:/im);
          if (!line.startsWith('CONNECT')) expect(answer, line).toMatch(/^allow: GET, HEAD, POST, OPTIONS/im);
          return `${line} ${statusOf(answer)}`;
        }),
      ),
    );
    expect(answers.filter((line) => !/ (405|501)$/.test(line))).toEqual([]);
  });

  test(`X-14 past Caddy they give nobody at the ${site} what is protected`, async ({ stack }) => {
    const answers = await Promise.all(
      unserved.flatMap((method) =>
        paths.map(async (path) => {
          const line = `${method} ${path}`;
          return sendBytes(stack.ports[site], bytesOf({ line, host: new URL(stack.origins[site]).host }));
        }),
      ),
    );
    for (const answer of answers) {
      expect(answer).not.toMatch(/^set-cookie:/im);
      expect(answer).not.toMatch(/Your prices, side by side|knows about you, and why|Not out yet/);
    }
  });

  test(`X-14 HEAD tells of the ${site}’s pages and API what GET would, and begins nothing`, async ({
    stack,
  }) => {
    const origin = stack.origins[site];
    const cookie = (await cookieOf(stack, site)).slice('Cookie: '.length);
    const { access_token } = await tokensOf(stack, site, 'ada');
    const headers = { ...NAVIGATION, cookie, authorization: `Bearer ${access_token}` };
    const readable = [...pages.filter((path) => path !== '/drafts'), api];
    for (const path of readable) {
      const answer = await send(origin + path, { method: 'HEAD', headers });
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('cache-control'), path).toMatch(/private.*no-store/);
      expect(await answer.text(), path).toBe('');
    }
    for (const path of ['/session', api]) {
      const answer = await send(origin + path, { method: 'HEAD' });
      expect(answer.status, path).toBe(path === api ? 401 : 307);
    }
    for (const path of own) {
      const answer = await send(origin + path, { method: 'HEAD', headers: NAVIGATION });
      expect(answer.status, path).toBe(405);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
    }
  });

  test(`X-14 OPTIONS at the ${site} names methods at most`, async ({ stack }) => {
    for (const path of paths) {
      const answer = await send(stack.origins[site] + path, { method: 'OPTIONS' });
      expect([204, 400, 404, 405], path).toContain(answer.status);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('location'), path).toBeNull();
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });
}

test('X-14 the provider answers 405 to a method that it does not serve', async ({ stack }) => {
  const { idp } = stack.origins;
  for (const method of unserved.filter((name) => name !== 'CONNECT')) {
    for (const path of ['/authorize', '/token', '/userinfo', '/jwks', '/.well-known/openid-configuration']) {
      const bytes = bytesOf({ line: `${method} ${path}`, host: new URL(idp).host });
      expect([405, 501], `${method} ${path}`).toContain(statusOf(await sendBytesTo(idp, bytes)));
    }
  }
});

test('X-14 the provider takes PUT and DELETE at a client’s registration address only', async ({ stack }) => {
  const { idp } = stack.origins;
  for (const method of ['PUT', 'DELETE']) {
    expect((await send(`${idp}/register/nobody`, { method })).status).toBe(401);
    for (const path of ['/register', '/register/', '/account', '/token'])
      expect((await send(idp + path, { method })).status, path).toBeGreaterThanOrEqual(404);
  }
});
