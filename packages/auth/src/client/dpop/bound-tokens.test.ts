import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemorySingleUse } from '../../session/index.ts';
import { createResourceServer } from '../../resource/index.ts';
import { createTestBrowser, openTestSite, type TestSite } from '../../testing/index.ts';
import { createApiFetch, createRelyingParty } from '../index.ts';

const SHOP = 'https://shop.example/api';
const clients = [{ clientId: 'app', clientSecret: 'app-secret', dpopBoundAccessTokens: true }] as const;

afterEach(() => vi.unstubAllGlobals());

/** A site whose client is registered for bound tokens, at a provider that wants nonces. */
const open = (options: Parameters<typeof openTestSite>[0] = {}) =>
  openTestSite({ dpopBoundTokens: true, ...options }, { clients: [...clients], dpopNonces: true });

function openShop({ issuer }: TestSite) {
  const { clock, keys } = issuer;
  const sent: Request[] = [];
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: SHOP,
    keys: keys.verificationKeys,
    clock,
    dpop: {
      publicUrl: 'https://shop.example',
      proofs: createMemorySingleUse(clock),
      nonceSecrets: ['n'.repeat(32)],
      required: true,
    },
  });
  const handler = api.guard(async (request, { sub }) => Response.json({ sub, said: await request.text() }));
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    sent.push(request.clone());
    return handler(request);
  });
  return { sent, handler };
}

const apiFetchOf = async (test: TestSite, process = test.site) => {
  const { tokenFor } = await test.requestPage(undefined, process);
  return createApiFetch(tokenFor, () => process.proofs);
};

describe('a site whose tokens are bound to a key of the process', () => {
  it('signs people in, renews their sessions and calls another API, with each server’s nonce', async () => {
    const test = await open();
    const { issuer, browser } = test;
    expect((await browser.signIn()).status).toBe(303);
    issuer.clock.advance(590);
    expect((await test.requestPage()).session?.user.sub).toBe('person-ada');
    const { sent } = openShop(test);
    const apiFetch = await apiFetchOf(test);
    const answer = await apiFetch(SHOP, `${SHOP}/orders?page=2`, { method: 'POST', body: 'hello' });
    await expect(answer.json()).resolves.toEqual({ sub: 'person-ada', said: 'hello' });
    expect(sent.map(({ headers }) => headers.get('authorization')?.split(' ')[0])).toEqual(['DPoP', 'DPoP']);
    expect((await apiFetch(SHOP, `${SHOP}/orders`)).status).toBe(200);
    expect(sent).toHaveLength(3); // the nonce is known by now
  });

  it('asks the provider for one nonce only, whatever it asks for later', async () => {
    const { issuer, browser } = await open();
    await browser.signIn();
    expect(issuer.requests('token')).toHaveLength(2);
    await browser.signIn();
    expect(issuer.requests('token')).toHaveLength(3);
  });

  it('D-05 gives a thief of its token nothing: neither as Bearer nor with the proof once more', async () => {
    const test = await open();
    await test.browser.signIn();
    const { sent, handler } = openShop(test);
    await (
      await apiFetchOf(test)
    )(SHOP, SHOP);
    const headers = new Headers(sent.at(-1)?.headers);
    expect((await handler(new Request(SHOP, { headers }))).status).toBe(401);
    headers.set('authorization', headers.get('authorization')?.replace('DPoP', 'Bearer') ?? '');
    expect((await handler(new Request(SHOP, { headers }))).status).toBe(401);
  });

  it('renews and exchanges at another process, whose key is another one (RFC 9449 §5)', async () => {
    const test = await open();
    await test.browser.signIn();
    const other = test.newProcess();
    test.issuer.clock.advance(590);
    expect((await test.requestPage(undefined, other)).session?.user.sub).toBe('person-ada');
    openShop(test);
    expect((await (await apiFetchOf(test, other))(SHOP, SHOP)).status).toBe(200);
  });

  it('reads display claims by its bound token, where it has no audience', async () => {
    const test = await open();
    const { issuer, options } = test;
    const { audience: _audience, baseUrl, ...rest } = options;
    const site = createRelyingParty({ ...rest, baseUrl });
    const browser = createTestBrowser({ handler: site.handler, baseUrl, issuer });
    issuer.alter({ idToken: { claims: { name: undefined, email: undefined, email_verified: undefined } } });
    await browser.signIn();
    expect((await test.requestPage(browser, site)).session?.user).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('takes no token that is bound to nothing (RFC 9449 §5)', async () => {
    const test = await open();
    test.issuer.alter({ response: { token_type: 'Bearer' } });
    expect((await test.browser.signIn()).status).toBe(400);
    expect(test.events).toContainEqual(
      expect.objectContaining({ type: 'callback.rejected', code: 'token_binding' }),
    );
  });

  it('is a confidential client', () => {
    const options = { issuer: 'https://id.example', clientId: 'app', baseUrl: 'https://app.example' };
    expect(() => createRelyingParty({ ...options, sessionKeys: ['k'], dpopBoundTokens: true })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});

it('a site whose client is not registered for bound tokens sends Bearer, and proves nothing', async () => {
  const test = await openTestSite();
  await test.browser.signIn();
  const { sent } = openShop(test);
  await (
    await apiFetchOf(test)
  )(SHOP, SHOP);
  expect(sent.map(({ headers }) => headers.has('dpop'))).toEqual([false]);
  expect(test.issuer.requests('token').some(({ headers }) => headers.has('dpop'))).toBe(false);
});
