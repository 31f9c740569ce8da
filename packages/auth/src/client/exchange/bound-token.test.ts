import { describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../testing/index.ts';
import { createDpopProof, generateDpopKey } from '../../tokens/index.ts';
import { authPaths } from '../../wire/index.ts';

const SHOP = 'https://shop.example/api';
const key = await generateDpopKey();

const open = (
  options: Parameters<typeof openTestSite>[0] = {},
  issuerOptions: Parameters<typeof openTestSite>[1] = {},
) => openTestSite({ browserAudiences: [SHOP], ...options }, issuerOptions);

const ORIGIN = { origin: 'https://app.example', 'content-type': 'application/json' };
const ask = ({ browser }: TestSite, body: unknown, headers: Record<string, string> = {}) =>
  browser.visit(authPaths.boundToken, {
    method: 'POST',
    headers: { ...ORIGIN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const prove = ({ issuer: { issuer, clock } }: TestSite, nonce?: string) =>
  createDpopProof(key, { method: 'POST', url: `${issuer}/token`, nonce, clock });
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('POST /auth/bound-token', () => {
  it('relays the proof of a page of this site, and gives it a token of one audience bound to its key', async () => {
    const test = await open();
    await test.browser.signIn();
    const response = await ask(test, { audience: SHOP, proof: await prove(test) });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const { access_token, ...rest }: Record<string, string> = await response.json();
    expect(rest).toEqual({ token_type: 'DPoP', expires_in: 600 });
    expect(claimsOf(access_token ?? '')).toMatchObject({ aud: SHOP, cnf: { jkt: key.kid } });
    expect(test.events.at(-1)).toMatchObject({ type: 'token.exchanged', audience: SHOP, jkt: key.kid });
  });

  it('says what a proof needs to who brings none: the token endpoint, the time, and then the nonce', async () => {
    const test = await open({}, { dpopNonces: true });
    await test.browser.signIn();
    const first = await ask(test, { audience: SHOP });
    expect(first.status).toBe(400);
    const hint = { token_endpoint: `${test.issuer.issuer}/token`, now: test.issuer.clock() };
    await expect(first.json()).resolves.toEqual({ error: 'invalid_dpop_proof', ...hint });
    const second = await ask(test, { audience: SHOP, proof: await prove(test) });
    const nonce = second.headers.get('dpop-nonce') ?? '';
    expect(second.status).toBe(400);
    await expect(second.json()).resolves.toEqual({ error: 'use_dpop_nonce', ...hint, nonce });
    expect((await ask(test, { audience: SHOP, proof: await prove(test, nonce) })).status).toBe(200);
  });

  it.each<
    readonly [what: string, status: number, error: string, send: (test: TestSite) => Promise<Response>]
  >([
    [
      'D-07 by a page of another site',
      403,
      'csrf',
      async (test) =>
        ask(test, { audience: SHOP, proof: await prove(test) }, { origin: 'https://evil.example' }),
    ],
    [
      'D-07 by nobody’s page',
      403,
      'csrf',
      async (test) => ask(test, { audience: SHOP }, { origin: 'null', 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'for an audience that is not listed',
      403,
      'invalid_target',
      async (test) => ask(test, { audience: 'https://bank.example/api', proof: await prove(test) }),
    ],
    [
      'for the site’s own audience',
      403,
      'invalid_target',
      async (test) => ask(test, { audience: 'https://api.example', proof: await prove(test) }),
    ],
    ['for no audience', 400, 'invalid_request', (test) => ask(test, {})],
    [
      'with a form',
      400,
      'invalid_request',
      (test) => ask(test, `audience=${SHOP}`, { 'content-type': 'text/plain' }),
    ],
    ['with what is no JSON', 400, 'invalid_request', (test) => ask(test, '{')],
    [
      'with a proof that is no text',
      400,
      'invalid_request',
      (test) => ask(test, { audience: SHOP, proof: {} }),
    ],
    ['with 9 kB', 400, 'invalid_request', (test) => ask(test, { audience: SHOP, proof: 'A'.repeat(9000) })],
    [
      'with a proof for another address',
      400,
      'invalid_dpop_proof',
      async (test) =>
        ask(test, {
          audience: SHOP,
          proof: await createDpopProof(key, { method: 'POST', url: SHOP, clock: test.issuer.clock }),
        }),
    ],
  ])('refuses a request %s', async (_what, status, error, send) => {
    const test = await open();
    await test.browser.signIn();
    const response = await send(test);
    expect(response.status).toBe(status);
    await expect(response.json()).resolves.toMatchObject({ error });
    expect(test.issuer.requests('token')).toHaveLength(1);
  });

  it('refuses a request of nobody who is signed in', async () => {
    const test = await open();
    expect((await ask(test, { audience: SHOP, proof: await prove(test) })).status).toBe(401);
  });

  it('refuses a proof that came before', async () => {
    const test = await open();
    await test.browser.signIn();
    const proof = await prove(test);
    expect((await ask(test, { audience: SHOP, proof })).status).toBe(200);
    const again = await ask(test, { audience: SHOP, proof });
    await expect(again.json()).resolves.toMatchObject({ error: 'invalid_dpop_proof' });
    expect(test.events.at(-1)).toMatchObject({ type: 'exchange.failed', code: 'dpop_proof_invalid' });
  });

  it.each([
    ['a Bearer token', { token_type: 'Bearer' }],
    [
      'no token of the audience’s API',
      { issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
    ],
    ['an opaque token', { access_token: 'opaque' }],
  ])('D-08 hands out nothing where the provider gives %s', async (_what, response) => {
    const test = await open();
    await test.browser.signIn();
    test.issuer.alter({ response });
    const answer = await ask(test, { audience: SHOP, proof: await prove(test) });
    expect(answer.status).toBe(403);
    await expect(answer.json()).resolves.toEqual({ error: 'token_exchange_rejected' });
  });

  it('D-08 hands out nothing that is bound to another key, or to none', async () => {
    const test = await open();
    await test.browser.signIn();
    for (const cnf of [undefined, { jkt: 'A'.repeat(43) }]) {
      test.issuer.alter({ accessToken: { claims: { cnf } } });
      expect((await ask(test, { audience: SHOP, proof: await prove(test) })).status).toBe(403);
    }
  });

  it('answers 503 with Retry-After while the provider is away', async () => {
    const test = await open();
    await test.browser.signIn();
    test.issuer.fail('token', 'refused');
    const response = await ask(test, { audience: SHOP, proof: await prove(test) });
    expect([response.status, response.headers.has('retry-after')]).toEqual([503, true]);
  });

  it('is not there for a site that lists no audience', async () => {
    const test = await openTestSite();
    await test.browser.signIn();
    expect((await ask(test, { audience: SHOP, proof: await prove(test) })).status).toBe(404);
  });
});
