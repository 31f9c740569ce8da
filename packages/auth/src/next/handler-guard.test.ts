import { beforeEach, describe, expect, it } from 'vitest';
import { createProcessMemory, type ProcessMemory } from '../client/index.ts';
import { authError, MINUTE } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';
import type { Framework } from './framework.ts';
import { createNextAuth } from './next-auth.ts';

let test: TestSite;
let memory: ProcessMemory;
beforeEach(async () => {
  test = await openTestSite();
  memory = createProcessMemory(test.issuer.clock);
});

/** Next's cookie jar in a handler: what it is told goes to the browser, and whatever reads it later sees that. */
const framework: Framework = {
  connection: async () => undefined,
  readCookie: async () => (name) => test.browser.cookies.get(name)?.value,
  async changeCookies(changes) {
    const lines = changes.map(({ line }): [string, string] => ['set-cookie', line]);
    test.browser.keep(new Response(null, { headers: lines }));
  },
  readHeader: async () => undefined,
  redirect: (path) => Promise.reject(new Error(path)),
  notFound: () => Promise.reject(new Error('not found')),
};

const createAuth = (options: Partial<TestSite['options']> = {}) =>
  createNextAuth(() => ({ ...test.options, memory, ...options }), { framework });

const call = (method = 'GET', headers: Record<string, string> = {}) =>
  new Request('https://localhost:4101/api/cart', { method, headers });

describe('a guarded handler', () => {
  it.each<[string, string, Record<string, string>, boolean, number]>([
    ['a visitor', 'GET', {}, false, 401],
    ['a person', 'GET', {}, true, 200],
    ['a person’s HEAD', 'HEAD', {}, true, 200],
    ['a person who writes from our page', 'POST', { origin: 'https://app.example' }, true, 200],
    [
      'a person whose browser writes for a foreign page',
      'POST',
      { origin: 'https://evil.example' },
      true,
      403,
    ],
    ['a person whose browser deletes for nobody knows whom', 'DELETE', {}, true, 403],
    ['a visitor who writes for a foreign page', 'PUT', { origin: 'https://evil.example' }, false, 403],
  ])('answers %s', async (_who, method, headers, signedIn, status) => {
    if (signedIn) await test.browser.signIn();
    const response = await createAuth().handler((_request, { user }) => Response.json(user.name))(
      call(method, headers),
    );
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('Cookie');
  });

  it('answers 403 without its permission', async () => {
    await test.browser.signIn();
    const guarded = createAuth().handler(() => new Response('secret'), { permission: 'things.delete' });
    const response = await guarded(call());
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: 'permission_insufficient' });
  });

  it('hands on what Next gives beside the request', async () => {
    await test.browser.signIn();
    const guarded = createAuth().handler((_request, { user }, context: { readonly slug: string }) =>
      Response.json([user.sub, context.slug]),
    );
    expect(await (await guarded(call(), { slug: 'cart' })).json()).toEqual(['person-ada', 'cart']);
  });

  it('names the cookie in Vary once, beside what the handler names', async () => {
    await test.browser.signIn();
    const { handler } = createAuth();
    for (const vary of ['Accept, cookie', 'Accept']) {
      const response = await handler(() => new Response('', { headers: { vary } }))(call());
      expect(response.headers.get('vary')?.toLowerCase()).toBe('accept, cookie');
    }
  });
});

describe('a person who works through handlers alone', () => {
  it('stays signed in', async () => {
    await test.browser.signIn();
    const guarded = createAuth().handler(() => new Response('cart'));
    for (let minutes = 0; minutes < 90; minutes += 5) {
      test.issuer.clock.advance(5 * MINUTE);
      expect((await guarded(call())).status).toBe(200);
    }
  });

  it('calls APIs with the renewed token, however old the cookie of the request was', async () => {
    await test.browser.signIn();
    test.issuer.clock.advance(15 * MINUTE);
    const { handler, tokenFor, auth } = createAuth();
    const guarded = handler(async (_request, session) => {
      expect((await auth())?.times.accessTokenExpiresAt).toBe(session.times.accessTokenExpiresAt);
      return Response.json((await tokenFor('https://other.example')).length > 0);
    });
    expect(await (await guarded(call())).json()).toBe(true);
  });

  it('is signed out where the provider has ended the session', async () => {
    const { callback, signOn } = test.issuer.authorize(await test.browser.startLogin());
    await test.browser.visit(callback.pathname + callback.search);
    if (signOn) test.issuer.signOut(signOn);
    test.issuer.clock.advance(9 * MINUTE);
    expect((await createAuth().handler(() => new Response('cart'))(call())).status).toBe(401);
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
  });
});

describe('while something is down', () => {
  const away = { revoke: async () => undefined, isRevoked: () => Promise.reject(new Error('no database')) };

  it('G18 a handler answers 503 and when to try again, and signs nobody out', async () => {
    await test.browser.signIn();
    const response = await createAuth({ revocations: away }).handler(() => new Response('cart'))(call());
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(test.browser.cookies.has('__Host-session')).toBe(true);
  });

  it.each([
    ['answers 503 for a failure of its own calls that time heals', true, 503],
    ['passes on one that time does not heal', false, 'token_exchange_rejected'],
  ])('a handler %s', async (_what, transient, outcome) => {
    await test.browser.signIn();
    const guarded = createAuth().handler(() => {
      throw authError('token_exchange_rejected', 'no token', { transient });
    });
    const answered = guarded(call()).then(
      ({ status }) => status,
      (error: { readonly code: string }) => error.code,
    );
    expect(await answered).toBe(outcome);
  });
});
