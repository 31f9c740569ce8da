import { beforeEach, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../testing/index.ts';
import type { Framework } from './framework.ts';
import { createNextAuth } from './next-auth.ts';

let test: TestSite;
let referer: string | undefined;
beforeEach(async () => {
  test = await openTestSite({ baseUrl: 'https://app.example/shop' });
  referer = undefined;
});

/** Next puts the base path before every path that it redirects to. */
const framework: Framework = {
  connection: async () => undefined,
  readCookie: async () => () => undefined,
  changeCookies: async () => undefined,
  readHeader: async () => referer,
  redirect: (path) => Promise.reject(new Error(`goes to /shop${path}`)),
  notFound: () => Promise.reject(new Error('not found')),
};

const createAuth = () => createNextAuth(() => test.options, { framework });

describe('a site below a base path', () => {
  it.each([
    ['as Next hands it to a handler, without the base path', 'https://localhost:4101/auth/session'],
    ['as the browser sent it', 'https://app.example/shop/auth/session'],
    ['with a slash at its end', 'https://localhost:4101/auth/session/'],
  ])('answers its own address %s', async (_what, address) => {
    const response = await createAuth().handlers.GET(new Request(address));
    expect(await response.json()).toEqual({ session: null });
  });

  it('reads the body of a post that Next took the base path off', async () => {
    const init = { method: 'POST', body: new URLSearchParams({ logout_token: 'x' }) };
    const response = await createAuth().handlers.POST(
      new Request('https://localhost:4101/auth/backchannel-logout', init),
    );
    expect(response.status).toBe(400);
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'logout.rejected' }));
  });

  it('takes a login that another party begins by a form (OIDC Core §4)', async () => {
    const init = { method: 'POST', body: new URLSearchParams({ target_link_uri: '/shop/orders' }) };
    const response = await createAuth().handlers.POST(new Request('https://localhost:4101/auth/login', init));
    const location = 'https://app.example/shop/auth/login?target_link_uri=%2Fshop%2Forders';
    expect([response.status, response.headers.get('location')]).toEqual([303, location]);
  });

  it.each([
    [
      'to the page that says its path as Next’s redirect takes it',
      '/orders?page=2',
      '%2Fshop%2Forders%3Fpage%3D2',
    ],
    ['to the start page of the site', undefined, '%2Fshop%2F'],
    ['L-01 to no other site', 'https://evil.example/', '%2Fshop%2F'],
  ])('sends a visitor to its login once, and back %s', async (_what, path, returnTo) => {
    await expect(createAuth().requireSession(path)).rejects.toThrow(
      `goes to /shop/auth/login?return_to=${returnTo}`,
    );
  });

  it('sends a visitor from an action back to the page that posted it', async () => {
    referer = 'https://app.example/shop/notes';
    const save = createAuth().action(async () => 'done');
    await expect(save()).rejects.toThrow('goes to /shop/auth/login?return_to=%2Fshop%2Fnotes');
  });
});
