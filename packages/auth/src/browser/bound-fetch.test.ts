import { describe, expect, it } from 'vitest';
import { createResourceServer } from '../resource/index.ts';
import { createMemorySingleUse } from '../session/index.ts';
import { openTestSite } from '../testing/index.ts';
import { type BoundStep, createBoundFetch } from './index.ts';

const SHOP = 'https://shop.example/api';

/** A page of a site, the API of another site, and the wire between them. */
async function openPage({ clockAhead = 0 } = {}) {
  const test = await openTestSite({ browserAudiences: [SHOP] }, { dpopNonces: true });
  const { issuer, browser } = test;
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: SHOP,
    keys: issuer.keys.verificationKeys,
    clock: issuer.clock,
    dpop: {
      publicUrl: 'https://shop.example',
      proofs: createMemorySingleUse(issuer.clock),
      nonceSecrets: ['n'.repeat(32)],
      required: true,
    },
    cors: { origins: ['https://app.example'] },
  });
  const handler = api.guard(async (request, token) =>
    Response.json({ sub: token.sub, said: await request.text() }),
  );
  const sent: Request[] = [];
  const asked: string[] = [];
  const send: typeof fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : new URL(input, 'https://app.example').href;
    const request = new Request(address, init ?? {});
    if (address === 'https://app.example/auth/bound-token') {
      const body = await request.text();
      asked.push(body);
      const headers = { ...Object.fromEntries(request.headers), origin: 'https://app.example' };
      return browser.visit('/auth/bound-token', { method: 'POST', headers, body });
    }
    sent.push(request.clone());
    return handler(request);
  };
  await browser.signIn();
  const steps: BoundStep[] = [];
  const clock = () => issuer.clock() + clockAhead;
  const boundFetch = createBoundFetch({ fetch: send, clock, observe: (step) => steps.push(step) });
  return { ...test, boundFetch, handler, sent, asked, steps };
}

describe('boundFetch', () => {
  it('calls the API of another site: learns nonces of provider and API, and needs none the next time', async () => {
    const { boundFetch, steps, asked } = await openPage();
    const answer = await boundFetch(SHOP, `${SHOP}/orders?page=2`, { method: 'POST', body: 'hello' });
    await expect(answer.json()).resolves.toEqual({ sub: 'person-ada', said: 'hello' });
    expect(steps.map(({ status, error }) => [status, error])).toEqual([
      [401, 'use_dpop_nonce'],
      [200, undefined],
    ]);
    expect(asked).toHaveLength(3);
    expect((await boundFetch(SHOP, `${SHOP}/orders`)).status).toBe(200);
    expect(steps).toHaveLength(3);
    expect(asked).toHaveLength(3);
  });

  it('sends no cookie, follows no redirect, and lets no cache keep the answer', async () => {
    const { boundFetch, sent } = await openPage();
    await boundFetch(SHOP, `${SHOP}/orders`);
    expect(sent[0]).toMatchObject({
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      mode: 'cors',
    });
  });

  it('D-05 leaves a thief of the whole request nothing: not as Bearer, not once more', async () => {
    const { boundFetch, sent, handler } = await openPage();
    await boundFetch(SHOP, `${SHOP}/orders`);
    const stolen = sent.at(-1);
    const token = stolen?.headers.get('authorization')?.replace('DPoP ', '');
    const asBearer = new Request(`${SHOP}/orders`, { headers: { authorization: `Bearer ${token}` } });
    const replayed = new Request(`${SHOP}/orders`, { headers: stolen?.headers ?? {} });
    for (const request of [asBearer, replayed]) expect((await handler(request)).status).toBe(401);
  });

  it('asks for one token, though several calls need it at once', async () => {
    const { boundFetch, issuer } = await openPage();
    const before = issuer.requests('token').length;
    const answers = await Promise.all([1, 2, 3].map(() => boundFetch(SHOP, `${SHOP}/orders`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(issuer.requests('token').length - before).toBe(2); // one for the nonce
  });

  it('works in a browser whose clock is an hour ahead', async () => {
    const { boundFetch } = await openPage({ clockAhead: 3600 });
    expect((await boundFetch(SHOP, `${SHOP}/orders`)).status).toBe(200);
  });

  it('gets a new token before the old one ends', async () => {
    const { boundFetch, issuer } = await openPage();
    await boundFetch(SHOP, `${SHOP}/orders`);
    issuer.clock.advance(595);
    expect((await boundFetch(SHOP, `${SHOP}/orders`)).status).toBe(200);
  });

  it('says why where nobody is signed in any more', async () => {
    const { boundFetch, browser } = await openPage();
    browser.cookies.clear();
    await expect(boundFetch(SHOP, `${SHOP}/orders`)).rejects.toMatchObject({
      error: 'session_invalid',
      status: 401,
    });
  });

  it('says why where the site does not list the audience', async () => {
    const { boundFetch } = await openPage();
    const bank = 'https://bank.example/api';
    await expect(boundFetch(bank, bank)).rejects.toMatchObject({ error: 'invalid_target', status: 403 });
  });

  it('G19 shows no token and no proof in what it reports', async () => {
    const { boundFetch, steps, sent } = await openPage();
    await boundFetch(SHOP, `${SHOP}/orders`);
    const [, token = '?'] = sent[0]?.headers.get('authorization')?.split(' ') ?? [];
    const proof = sent[0]?.headers.get('dpop') ?? '?';
    for (const secret of [token, proof]) expect(JSON.stringify(steps)).not.toContain(secret.slice(0, 40));
  });
});
