import { beforeEach, describe, expect, it } from 'vitest';
import { ada, openTestSite, type TestSignOn, type TestSite } from '../../testing/index.ts';

let test: TestSite;
let signOn: TestSignOn | undefined;
beforeEach(async () => {
  test = await openTestSite();
  ({ signOn } = test.issuer.authorize(await test.browser.startLogin()));
  test.issuer.clock.advance(600);
});

/** Follows the address that a guard redirects to, through the provider and back. */
async function follow(path: string) {
  const { headers } = await test.browser.visit(path);
  const location = headers.get('location') ?? '';
  const { callback } = test.issuer.authorize(location, signOn ? { signOn } : {});
  const response = await test.browser.visit(callback.pathname + callback.search);
  const session = await test.site.getSession(test.browser.request('/').headers.get('cookie'));
  return { asked: new URL(location).searchParams, response, session };
}

describe('a page that wants a recent proof', () => {
  it('has the person prove anew who they are, and leads back', async () => {
    const path = test.site.loginPath('/close', { maxAgeSeconds: 300 });
    const { asked, response, session } = await follow(path);
    expect(asked.get('max_age')).toBe('300');
    expect(response.headers.get('location')).toBe('https://app.example/close');
    expect(session?.proves({ maxAgeSeconds: 300 })).toBe(true);
  });

  it.each([
    ['T-25 one that proved it too long ago', { auth_time: 1_893_456_000 }, 'login_too_old', 403],
    ['T-25 one that does not say when', { auth_time: undefined }, 'token_claim', 400],
  ])('refuses the answer of a provider that passes over max_age: %s', async (_what, claims, code, status) => {
    test.issuer.alter({ idToken: { claims } });
    const { response, session } = await follow('/auth/login?max_age=300');
    expect(response.status).toBe(status);
    expect(session).toBeUndefined();
    expect(test.events).toContainEqual(expect.objectContaining({ type: 'callback.rejected', code }));
  });

  it.each([
    ['is as old as allowed, clocks 30 s apart', 330, true],
    ['T-25 is a second older', 331, false],
  ])('a proof that %s counts: %s', async (_what, age, counts) => {
    await test.browser.signIn();
    test.issuer.clock.advance(age);
    const session = await test.site.getSession(test.browser.request('/').headers.get('cookie'));
    expect(session?.proves({ maxAgeSeconds: 300 })).toBe(counts);
    expect(session?.proves({})).toBe(true);
  });
});

describe('a page that wants a stronger proof', () => {
  const stepUp = { acrValues: ['mfa', 'phr'] };

  it('asks for it and takes any of those it names', async () => {
    test.issuer.alter({ idToken: { claims: { acr: 'phr' } } });
    const { asked, session } = await follow(test.site.loginPath('/close', stepUp));
    expect(asked.get('acr_values')).toBe('mfa phr');
    expect(session?.proves(stepUp)).toBe(true);
  });

  it.each([
    ['T-25 a weaker one', 'pwd'],
    ['T-25 none', undefined],
    ['T-25 a list', ['mfa']],
  ])('refuses %s', async (_what, acr) => {
    test.issuer.alter({ idToken: { claims: { acr } } });
    const { response, session } = await follow(test.site.loginPath('/close', stepUp));
    expect(response.status).toBe(403);
    expect(session).toBeUndefined();
    expect(test.events).toContainEqual(expect.objectContaining({ code: 'login_too_weak' }));
  });
});

it.each([
  'max_age=-1',
  'max_age=1e9',
  'max_age=',
  'max_age=123456789',
  'acr_values=%0d%0aset-cookie',
  'acr_values=',
  `acr_values=${'a'.repeat(400)}`,
])('P-20 a login address with %s asks for nothing of it', async (query) => {
  const { asked } = await follow(`/auth/login?${query}`);
  expect([...asked.keys()].filter((name) => name === 'max_age' || name === 'acr_values')).toEqual([]);
});

it('a person without a proof of when is no proof at all', async () => {
  test.issuer.alter({ idToken: { claims: { auth_time: undefined } } });
  await test.browser.signIn({ person: ada });
  const session = await test.site.getSession(test.browser.request('/').headers.get('cookie'));
  expect(session?.proves({ maxAgeSeconds: 10 ** 8 })).toBe(false);
});

describe('a demand that no login can meet is refused where it is made', () => {
  it.each([
    ['no context', { acrValues: [] }],
    ['an empty context', { acrValues: [''] }],
    ['a context with a space', { acrValues: ['a b'] }],
    ['more than an address takes', { acrValues: ['x'.repeat(301)] }],
    ['a fraction', { maxAgeSeconds: 300.5 }],
    ['a negative age', { maxAgeSeconds: -1 }],
    ['no number', { maxAgeSeconds: Number.NaN }],
  ])('%s', async (_what, stepUp) => {
    const { site } = await openTestSite();
    expect(() => site.loginPath('/', stepUp)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});
