import { beforeEach, describe, expect, it } from 'vitest';
import type { AccessContract } from '../access/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';
import type { Framework } from './framework.ts';
import { createNextAuth } from './next-auth.ts';

/** Next's own way to leave a render: an error that carries where to. */
class Left extends Error {
  override readonly name = 'Left';
}

let test: TestSite;
let referer: string | undefined;
beforeEach(async () => {
  test = await openTestSite();
  referer = undefined;
});

const framework: Framework = {
  connection: async () => undefined,
  readCookie: async () => (name) => test.browser.cookies.get(name)?.value,
  changeCookies: async () => undefined,
  readHeader: async (name) => (name === 'referer' ? referer : undefined),
  redirect: (path) => Promise.reject(new Left(path)),
  notFound: () => Promise.reject(new Left('not found')),
};

const atBuild = () => Promise.reject(new Left('this page is made per request'));

const forbidden = () => {
  throw new Left('forbidden');
};

const createAuth = () => createNextAuth(() => test.options, { framework });

const cookie = () => test.browser.request('/').headers.get('cookie') ?? '';
const call = (method = 'GET', headers: Record<string, string> = {}) =>
  new Request('https://localhost:4101/api/cart', { method, headers: { cookie: cookie(), ...headers } });

describe('wiring', () => {
  it('reads no option before the first request, so that a build needs no environment', async () => {
    let reads = 0;
    const auth = createNextAuth(() => {
      reads += 1;
      return test.options;
    });
    expect(reads).toBe(0);
    await auth.handlers.GET(new Request('https://localhost:4101/auth/session'));
    await auth.handlers.GET(new Request('https://localhost:4101/auth/session'));
    expect(reads).toBe(1);
  });

  it('waits for a request before it reads any option or cookie: a build or a prefetch stops there', async () => {
    const { auth, requireSession, tokenFor, handler } = createNextAuth<AccessContract, string>(
      () => {
        throw new Error('no environment at build');
      },
      { framework: { ...framework, connection: atBuild } },
    );
    const guarded = handler(() => new Response('done'));
    const asks = [auth, requireSession, () => tokenFor('https://blog.example/api'), () => guarded(call())];
    for (const ask of asks) {
      await expect(ask()).rejects.toThrow('this page is made per request');
    }
  });

  it('answers 404 below /auth where nothing is', async () => {
    expect((await createAuth().handlers.GET(new Request('https://localhost:4101/auth/x'))).status).toBe(404);
  });

  it('B-20 a handler’s instance tells the event streams that another one holds', async () => {
    await test.browser.signIn();
    const options = { ...test.options, clientId: 'app' };
    const [one, other] = [createNextAuth(() => options), createNextAuth(() => options)];
    const headers = { cookie: cookie(), 'sec-fetch-site': 'same-origin' };
    const stream = await one.handlers.GET(new Request('https://localhost:4101/auth/events', { headers }));
    const form = { cookie: cookie(), origin: 'https://app.example' };
    const logout = new Request('https://localhost:4101/auth/logout', { method: 'POST', headers: form });
    expect((await other.handlers.POST(logout)).status).toBe(303);
    expect(await stream.text()).toContain('data: changed\n\n');
  });

  it('shares refreshes and revocations between its module instances in one process', async () => {
    const clientId = `app-${test.issuer.clock()}-${Math.random()}`;
    const options = { ...test.options, clientId, clientSecret: 'x' };
    const [page, handler] = [createNextAuth(() => options), createNextAuth(() => options)];
    expect(page).not.toBe(handler);
    const { sharedMemory } = await import('./process-memory.ts');
    expect(sharedMemory(options.issuer, clientId)).toBe(sharedMemory(options.issuer, clientId));
    expect(sharedMemory(options.issuer, 'other')).not.toBe(sharedMemory(options.issuer, clientId));
  });
});

describe('pain 20, G23: the guards are the lock, without any proxy', () => {
  it('requireSession sends a visitor to the login with the way back, a stable address without secrets', async () => {
    await expect(createAuth().requireSession('/orders?page=2')).rejects.toThrow(
      '/auth/login?return_to=%2Forders%3Fpage%3D2',
    );
  });

  it('requireSession gives the session of a person', async () => {
    await test.browser.signIn();
    expect((await createAuth().requireSession()).user.name).toBe('Ada Lovelace');
  });

  it.each([
    ['things.read', 'Ada Lovelace'],
    ['things.delete', 'not found'],
  ])('requirePermission %s: %s', async (permission, outcome) => {
    await test.browser.signIn();
    const asked = createAuth()
      .requirePermission(permission)
      .then(
        ({ user }) => user.name,
        (error: Error) => error.message,
      );
    expect(await asked).toBe(outcome);
  });

  it('T-25 requireSession sends a person whose proof is too old to prove it anew', async () => {
    await test.browser.signIn();
    const { requireSession } = createAuth();
    expect((await requireSession('/close', { maxAgeSeconds: 60 })).user.name).toBe('Ada Lovelace');
    test.issuer.clock.advance(91);
    await expect(requireSession('/close', { maxAgeSeconds: 60 })).rejects.toThrow(
      '/auth/login?return_to=%2Fclose&max_age=60',
    );
  });

  it('T-25 requirePermission can want a recent proof as well', async () => {
    await test.browser.signIn();
    const { requirePermission } = createAuth();
    const need = { maxAgeSeconds: 60 };
    expect((await requirePermission('things.read', '/close', need)).user.name).toBe('Ada Lovelace');
    test.issuer.clock.advance(91);
    await expect(requirePermission('things.read', '/close', need)).rejects.toThrow(
      '/auth/login?return_to=%2Fclose&max_age=60',
    );
  });

  it('forbidden takes the place of notFound where the app has it, in pages and actions', async () => {
    await test.browser.signIn();
    const { requirePermission, action } = createNextAuth(() => test.options, { framework, forbidden });
    await expect(requirePermission('things.delete')).rejects.toThrow('forbidden');
    await expect(action(async () => 'done', { permission: 'things.delete' })()).rejects.toThrow('forbidden');
  });

  it('T-25 an action and a handler run for a recent proof only', async () => {
    await test.browser.signIn();
    test.issuer.clock.advance(91);
    const need = { maxAgeSeconds: 60 };
    await expect(createAuth().action(async () => 'done', need)()).rejects.toThrow('&max_age=60');
    const response = await createAuth().handler(() => new Response('done'), need)(call());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'insufficient_user_authentication' });
  });

  it('a forged cookie is a visitor', async () => {
    test.browser.cookies.set('__Host-session', { value: 'a.b.c.d', expiresAt: Number.POSITIVE_INFINITY });
    expect(await createAuth().auth()).toBeUndefined();
  });

  it('X-01 X-10 headers that claim an identity or a passed proxy change nothing', async () => {
    const guarded = createAuth().handler(() => new Response('secret'));
    const headers = {
      'x-middleware-subrequest': 'proxy:proxy:proxy',
      'x-user': 'ada',
      'x-session-sub': 'ada',
    };
    expect((await guarded(call('GET', headers))).status).toBe(401);
  });
});

describe('a guarded action', () => {
  it('gets the session and its arguments', async () => {
    await test.browser.signIn();
    const save = createAuth().action(async ({ user }, title: string) => `${user.name}: ${title}`);
    expect(await save('hello')).toBe('Ada Lovelace: hello');
  });

  it.each([
    [
      'the page it was posted from',
      'https://app.example/notes?x=1',
      '/auth/login?return_to=%2Fnotes%3Fx%3D1',
    ],
    ['L-01 the start page for a foreign one', 'https://evil.example/notes', '/auth/login?return_to=%2F'],
    ['the start page for none', undefined, '/auth/login?return_to=%2F'],
  ])('sends a visitor to the login and back to %s', async (_what, from, path) => {
    referer = from;
    const save = createAuth().action(async () => 'done');
    await expect(save()).rejects.toThrow(path);
  });

  it('does not run without its permission', async () => {
    await test.browser.signIn();
    let runs = 0;
    const remove = createAuth().action(async () => (runs += 1), { permission: 'things.delete' });
    await expect(remove()).rejects.toThrow('not found');
    expect(runs).toBe(0);
  });
});
