import { beforeEach, describe, expect, it } from 'vitest';
import type { JWK } from '../../tokens/index.ts';
import { createTestKey, openTestSite, type TestSite } from '../index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

const get = (path: string, init?: RequestInit) => test.issuer.fetch(test.issuer.issuer + path, init);

describe('a fault', () => {
  it('lasts for as many calls as it is told', async () => {
    test.issuer.fail('jwks', { status: 502 }, { times: 2 });
    const answers = [await get('/jwks'), await get('/jwks'), await get('/jwks')];
    expect(answers.map(({ status }) => status)).toEqual([502, 502, 200]);
  });

  it('cuts JSON off', async () => {
    test.issuer.fail('discovery', 'cut');
    const response = await get('/.well-known/openid-configuration');
    expect(response.headers.get('content-type')).toContain('json');
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('stalls in the middle of a body, until the caller gives up', async () => {
    test.issuer.fail('jwks', 'stalled');
    const abort = new AbortController();
    const response = await get('/jwks', { signal: abort.signal });
    const body = response.text();
    abort.abort();
    await expect(body).rejects.toThrow('aborted');
  });
});

describe('an answer that is held back', () => {
  it('lets a sign-out come between the code and the session', async () => {
    const { callback, signOn } = test.issuer.authorize(await test.browser.startLogin());
    if (!signOn) throw new Error('nobody signed on');
    const held = test.issuer.hold('token');
    const arriving = test.browser.visit(callback.pathname + callback.search);
    await held.arrived;
    await test.site.handler(await test.issuer.logoutRequest(signOn, 'https://app.example'));
    await held.release();
    await arriving;
    expect(await test.site.getSession(test.browser.request('/').headers.get('cookie'))).toBeUndefined();
  });

  it('is let go by the caller who gives up, and holds no later one after its release', async () => {
    const held = test.issuer.hold('jwks');
    const abort = new AbortController();
    const impatient = get('/jwks', { signal: abort.signal });
    await held.arrived;
    abort.abort();
    await expect(impatient).rejects.toThrow('aborted');
    await held.release();
    expect((await get('/jwks')).status).toBe(200);
  });
});

describe('an altered document', () => {
  it('lacks a member, or names another', async () => {
    test.issuer.alter({ metadata: { token_endpoint: undefined, issuer: 'https://evil.example' } });
    const altered = await (await get('/.well-known/openid-configuration')).json();
    expect(altered).not.toHaveProperty('token_endpoint');
    expect(altered.issuer).toBe('https://evil.example');
    expect((await test.browser.visit('/auth/login')).status).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['foreign', async () => [(await createTestKey()).publicJwk], 400],
    ['unusable', async () => [{ kty: 'EC', crv: 'P-256', kid: test.issuer.keys.signer().kid }], 503],
    ['two under one kid', async () => twoOfOneKid(test.issuer.keys.signer().publicJwk), 400],
    ['none', async () => [], 503],
  ])('holds keys that are %s: nobody is signed in', async (_what, keys, status) => {
    test.issuer.alter({ jwks: { keys: await keys() } });
    expect((await test.browser.signIn()).status).toBe(status);
    expect(test.browser.cookies.has('__Host-session')).toBe(false);
    test.issuer.alter();
    test.issuer.clock.advance(31);
    expect((await test.browser.signIn()).status).toBe(303);
  });
});

/** T-08: which of them signed can't be told. */
async function twoOfOneKid(jwk: JWK): Promise<readonly JWK[]> {
  const { publicJwk } = await createTestKey();
  return [jwk, Object.assign({}, publicJwk, { kid: jwk.kid })];
}
