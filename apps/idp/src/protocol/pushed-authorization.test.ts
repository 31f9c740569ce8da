import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import {
  authorizationForm,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  tokenRequest,
} from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

const PUSHER = { client_id: 'pusher', redirect_uri: 'https://pusher.example/auth/callback' };

const pathOf = (request_uri: string, change: Record<string, string> = {}) =>
  `/authorize?${new URLSearchParams({ client_id: 'shop', request_uri, ...change }).toString()}`;

describe('a pushed request', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const push = (change: Record<string, string | undefined> = {}, clientId = 'shop') =>
    idp.fetch(tokenRequest(authorizationForm(change), clientId, '/par'));

  async function pushed(change: Record<string, string | undefined> = {}, clientId = 'shop'): Promise<string> {
    const response = await push(change, clientId);
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { request_uri, expires_in }: { request_uri: string; expires_in: number } = await response.json();
    expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{22}$/);
    expect(expires_in).toBeGreaterThanOrEqual(60);
    expect(expires_in).toBeLessThanOrEqual(90);
    return request_uri;
  }

  it('is taken up by the browser and ends in tokens', async () => {
    const callback = await signIn(idp.browser(), pathOf(await pushed({ state: 'pushed-state' })));
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({ state: 'pushed-state', iss: ISSUER });
    expect((await idp.token(codeForm(callback))).status).toBe(200);
  });

  it('counts alone: what else the browser brings is ignored', async () => {
    const path = pathOf(await pushed(), {
      state: 'other',
      redirect_uri: 'https://evil.example/',
      scope: 'openid shop:prices.member',
      code_challenge: 'x'.repeat(43),
    });
    const callback = await signIn(idp.browser(), path);
    expect(callback.origin).toBe('https://shop.example');
    expect(callback.searchParams.get('state')).toBe('state-1');
    expect((await idp.token(codeForm(callback))).status).toBe(200);
  });

  it('may be brought by POST', async () => {
    const browser = idp.browser();
    await signIn(browser);
    const form = { client_id: 'shop', request_uri: await pushed() };
    const held = locationOf(await idp.browser().post('/authorize', form, { origin: 'https://shop.example' }));
    expect(locationOf(await browser.get(held.pathname)).searchParams.get('code')).not.toBeNull();
  });

  /** Whether the browser gets a page that says so, and is sent nowhere. */
  const isOver = async (path: string) => {
    const response = await idp.browser().get(path);
    const isPage = response.status === 400 && !response.headers.has('location');
    return isPage && (await response.text()).includes('request_uri_over');
  };

  it('is good once, also with ten browsers at the same time', async () => {
    const path = pathOf(await pushed());
    const answers = await Promise.all(Array.from({ length: 10 }, () => idp.browser().get(path)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await isOver(path)).toBe(true);
  });

  it('P-29 leads on to the site where it is over', async () => {
    const path = pathOf(await pushed());
    idp.advanceClock(91);
    expect(await (await idp.browser().get(path)).text()).toContain('href="https://shop.example"');
  });

  it('is over after 90 seconds', async () => {
    const path = pathOf(await pushed());
    idp.advanceClock(91);
    expect(await isOver(path)).toBe(true);
  });

  it('is good for its own client only, and survives the try of another', async () => {
    const uri = await pushed();
    expect(await isOver(pathOf(uri, { client_id: 'blog' }))).toBe(true);
    expect(await isOver(`${pathOf(uri)}&client_id=blog`)).toBe(true);
    expect(await isOver(`${pathOf(uri)}&request_uri=${encodeURIComponent(await pushed())}`)).toBe(true);
    expect(locationOf(await idp.browser().get(pathOf(uri))).pathname).toMatch(/^\/sign-in\//);
  });

  it.each(['', 'x', '__proto__', '../sign-in', "'; drop table grants; --"])(
    'P-22 X-15 an invented one (%j) gets a page',
    async (id) => {
      expect(await isOver(pathOf(`urn:ietf:params:oauth:request_uri:${id}`))).toBe(true);
    },
  );

  it('is no page that a browser could open', async () => {
    const id = (await pushed()).split(':').at(-1);
    for (const path of [`/authorize/${id}`, `/sign-in/${id}`, `/end-session/${id}`]) {
      expect((await idp.browser().get(path)).status).toBe(410);
    }
  });

  it.each<readonly [string, Record<string, string | undefined>, string]>([
    ['P-01 an unregistered return address', { redirect_uri: 'https://evil.example/' }, '400 invalid_request'],
    ['no return address', { redirect_uri: undefined }, '400 invalid_request'],
    ['P-03 response_type token', { response_type: 'token' }, '400 unsupported_response_type'],
    ['P-08 no challenge', { code_challenge: undefined }, '400 invalid_request'],
    ['P-19 prompt=none login', { prompt: 'none login' }, '400 invalid_request'],
    ['P-21 a forged id_token_hint', { id_token_hint: 'a.b.c' }, '400 login_required'],
    ['P-22 a request object', { request: 'e30.e30.' }, '400 request_not_supported'],
    ['P-22 a request_uri', { request_uri: 'https://evil.example/' }, '400 invalid_request'],
    ['an unknown resource', { resource: 'https://evil.example/' }, '400 invalid_target'],
    ['P-06 another client’s id', { client_id: 'blog' }, '401 invalid_client'],
  ])('is refused for %s', async (_what, change, error) => {
    expect(await errorOf(push(change))).toBe(error);
  });

  it('P-23 is refused from a client it doesn’t know', async () => {
    expect(await errorOf(push({ client_id: 'nobody' }, 'nobody'))).toBe('401 invalid_client');
  });

  it('P-02 is refused for a parameter that stands twice', async () => {
    const twice = new URLSearchParams([
      ...new URLSearchParams(authorizationForm()),
      ['redirect_uri', 'https://evil.example/'],
    ]);
    const request = tokenRequest(twice, 'shop', '/par');
    expect(await errorOf(idp.fetch(request))).toBe('400 invalid_request');
  });

  it('is the only kind that a client gets through whose registration says so', async () => {
    const direct = await idp
      .browser()
      .get(`/authorize?${new URLSearchParams(authorizationForm(PUSHER)).toString()}`);
    expect(Object.fromEntries(locationOf(direct).searchParams)).toMatchObject({
      error: 'invalid_request',
      iss: ISSUER,
    });
    const uri = await pushed(PUSHER, 'pusher');
    const answer = await idp.browser().get(pathOf(uri, { client_id: 'pusher' }));
    expect(locationOf(answer).pathname).toMatch(/^\/sign-in\//);
  });

  it('P-25 is taken by POST of a form only', async () => {
    expect((await idp.fetch(new Request(`${ISSUER}/par`))).status).toBe(405);
    const json = new Request(`${ISSUER}/par`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await errorOf(idp.fetch(json))).toBe('400 invalid_request');
  });
});
