import { afterEach, expect, it, vi } from 'vitest';
import { type ApiFetch, createApiFetch, type TokenFor } from './api-fetch.ts';

afterEach(() => vi.unstubAllGlobals());

it('adds the Bearer token, caches nothing, and lets no redirect carry the token elsewhere', async () => {
  const calls: RequestInit[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    calls.push(init);
    return new Response('ok');
  });
  const apiFetch = createApiFetch(async (audience?: string) => `token-for-${audience}`);
  await apiFetch('shop', 'https://shop.example/api', {
    headers: { accept: 'application/json' },
    redirect: 'follow',
  });
  const [init] = calls;
  const headers = new Headers(init?.headers);
  expect(headers.get('authorization')).toBe('Bearer token-for-shop');
  expect(headers.get('accept')).toBe('application/json');
  expect(init).toMatchObject({ redirect: 'error', cache: 'no-store' });
});

it('sends the session’s own token where no audience is named', async () => {
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get('authorization'));
    return new Response('ok');
  });
  const apiFetch = createApiFetch(async (audience?: string) => audience ?? 'own-token');
  await apiFetch(null, 'https://www.googleapis.com/calendar/v3/users/me/calendarList');
  expect(sent).toEqual(['Bearer own-token']);
});

it('compiles with no audience that may be undefined, which would give the own token away', () => {
  const audiences: Record<string, 'shop'> = {};
  const call = (apiFetch: ApiFetch<'shop'>, token: TokenFor<'shop'>) => [
    // @ts-expect-error -- a name that isn't there
    apiFetch(audiences['shpo'], 'https://shop.example/api'),
    // @ts-expect-error -- the same
    token(audiences['shpo']),
  ];
  expect(call).toBeTypeOf('function');
});
