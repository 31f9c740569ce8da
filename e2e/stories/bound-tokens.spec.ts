import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createResourceServer } from '@sso/auth/resource';
import { createMemorySingleUse } from '@sso/auth/session';
import { createTestClock, openTestSite } from '@sso/auth/testing';
import { createDpopProof, generateDpopKey } from '@sso/auth/tokens';
import { expect, type Page, test } from '@playwright/test';
import { serve } from '../support/serve.ts';

const SHOP = 'https://shop.example/api';

interface Handlers {
  site?: (request: Request) => Promise<Response | undefined>;
  shop?: (request: Request) => Promise<Response>;
}

/** A site whose page has the package's entry for browsers, and the API of another site at another origin. */
async function openSites(page: Page) {
  const clock = createTestClock(Math.floor(Date.now() / 1000));
  const handlers: Handlers = {};
  const site = await serve(async (request) => (await handlers.site?.(request)) ?? serveFile(request));
  const shop = await serve(
    async (request) => (await handlers.shop?.(request)) ?? new Response(),
    '127.0.0.1',
  );
  const own = await openTestSite(
    { baseUrl: site.origin, browserAudiences: [SHOP] },
    { clock, dpopNonces: true },
  );
  handlers.site = own.site.handler;
  const { issuer } = own;
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: SHOP,
    keys: issuer.keys.verificationKeys,
    clock,
    dpop: {
      publicUrl: shop.origin,
      proofs: createMemorySingleUse(clock),
      nonceSecrets: ['n'.repeat(32)],
      required: true,
    },
    cors: { origins: [site.origin] },
  });
  const guarded = api.guard((_request, { sub }) => Response.json({ sub }));
  handlers.shop = async (request) =>
    request.method === 'OPTIONS' ? api.preflight(request) : guarded(request);
  await own.browser.signIn();
  const cookies = [...own.browser.cookies].map(([name, { value }]) => ({
    name,
    value,
    url: site.origin,
    httpOnly: true,
  }));
  await page.context().addCookies(cookies);
  await page.goto(`${site.origin}/`);
  return {
    shop: shop.origin,
    clock,
    events: own.events,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** The page itself, and the sources of the package without their types, as a bundler would serve them. */
function serveFile(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (!/^\/(browser|wire)\/[\w-]+\.ts$/.test(pathname))
    return new Response('<!doctype html><title>A page</title>', { headers: { 'content-type': 'text/html' } });
  const source = readFileSync(new URL(`../../packages/auth/src${pathname}`, import.meta.url), 'utf8');
  return new Response(stripTypeScriptTypes(source), { headers: { 'content-type': 'text/javascript' } });
}

interface Asked {
  readonly status: number;
  readonly body: unknown;
}

/** What the page gets of the API of the other site. */
const askFromPage = (page: Page, url: string): Promise<Asked> =>
  page.evaluate(
    async ({ audience, address }) => {
      const entry = '/browser/index.ts';
      const { createBoundFetch } = await import(entry);
      const response: Response = await createBoundFetch()(audience, address);
      return { status: response.status, body: await response.json() };
    },
    { audience: SHOP, address: url },
  );

test('a page calls the API of another site with a token bound to its own key', async ({ page }) => {
  await using sites = await openSites(page);
  const { shop, events } = sites;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(shop)) sent.push(request.method());
  });
  const { status, body } = await askFromPage(page, `${shop}/orders?page=2`);
  expect([status, body]).toEqual([200, { sub: 'person-ada' }]);
  // The API's nonce first, then the answer.
  expect(sent.filter((method) => method === 'GET')).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ type: 'token.exchanged', audience: SHOP });
  const kept = await page.evaluate(async () => [
    ...Object.values(localStorage),
    ...Object.values(sessionStorage),
    document.cookie,
    ...(await indexedDB.databases()).map(({ name }) => name),
  ]);
  expect(kept.join('')).toBe('');
});

test('D-05 a token copied out of the page fails from elsewhere: as Bearer, with another key, with the used proof', async ({
  page,
}) => {
  await using sites = await openSites(page);
  const { shop, clock } = sites;
  const answered = page.waitForResponse(
    (response) => response.url().startsWith(shop) && response.status() === 200,
  );
  await askFromPage(page, `${shop}/orders`);
  const stolen = await (await answered).request().allHeaders();
  const token = (stolen['authorization'] ?? '').replace('DPoP ', '');
  const own = await generateDpopKey();
  const nonce = (await (await answered).headerValue('dpop-nonce')) ?? '';
  const proof = { method: 'GET', url: `${shop}/orders`, accessToken: token, nonce, clock };
  const tries: readonly (readonly [Record<string, string>, string])[] = [
    [{ authorization: `Bearer ${token}` }, 'invalid_token'],
    [{ authorization: `DPoP ${token}`, dpop: await createDpopProof(own, proof) }, 'invalid_token'],
    [{ authorization: `DPoP ${token}`, dpop: stolen['dpop'] ?? '' }, 'invalid_dpop_proof'],
  ];
  for (const [headers, error] of tries) {
    const answer = await fetch(`${shop}/orders`, { headers });
    expect(answer.status, error).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain(`error="${error}"`);
  }
});

test('D-06 a page of a site that is not registered gets nothing, though its person is signed in', async ({
  page,
}) => {
  await using sites = await openSites(page);
  await using stranger = await serve(serveFile);
  await page.goto(stranger.origin);
  const outcome = await page.evaluate(
    (url) =>
      fetch(url, { headers: { authorization: 'DPoP a' } }).then(
        () => 'answered',
        () => 'blocked',
      ),
    `${sites.shop}/orders`,
  );
  expect(outcome).toBe('blocked');
});
