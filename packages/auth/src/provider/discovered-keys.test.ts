import { describe, expect, it } from 'vitest';
import { createTestIssuer, type TestIssuer } from '../testing/index.ts';
import { createResourceServer } from '../resource/index.ts';

const NEVER = new Promise<never>(() => undefined);

/** The issuer behind a line that can be told what to answer. */
async function setUp() {
  const issuer = await createTestIssuer();
  const line = { jwksUri: `${issuer.issuer}/jwks`, isMoved: false, isDead: false };
  const called: string[] = [];
  const discovery = () => Response.json({ issuer: issuer.issuer, jwks_uri: line.jwksUri });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url } = new Request(input);
    called.push(url);
    if (line.isDead) return NEVER;
    if (url.endsWith('/new-jwks')) return answerNew(issuer, line.isMoved);
    const response = await issuer.fetch(input, init);
    return url.includes('/.well-known/') && response.ok ? discovery() : response;
  };
  const { audience, clock } = issuer;
  const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock });
  const handler = api.guard(() => new Response('ok'));
  const send = async (token?: string) => {
    const authorization = `Bearer ${token ?? (await issuer.accessToken())}`;
    return (await handler(new Request('https://api.example', { headers: { authorization } }))).status;
  };
  const count = (end: string) => called.filter((url) => url.endsWith(end)).length;
  return {
    issuer,
    line,
    send,
    discoveries: () => count('/openid-configuration'),
    atNewAddress: () => count('/new-jwks'),
  };
}

function answerNew({ keys }: TestIssuer, isMoved: boolean): Response {
  return isMoved ? Response.json(keys.jwks()) : new Response('not yet', { status: 404 });
}

describe('an API whose provider moves its keys', () => {
  it('finds the new address beside a request after ten minutes', async () => {
    const { issuer, line, send, atNewAddress, discoveries } = await setUp();
    await send();
    line.jwksUri = `${issuer.issuer}/new-jwks`;
    line.isMoved = true;
    issuer.clock.advance(599);
    await send();
    expect([discoveries(), atNewAddress()]).toEqual([1, 0]);
    issuer.clock.advance(1);
    issuer.fail('jwks', { status: 404 });
    expect(await send()).toBe(200);
    await issuer.keys.rotate();
    await expect.poll(() => send()).toBe(200);
    expect(discoveries()).toBe(2);
  });

  it('forgets what it verified by the keys at the old one', async () => {
    const { issuer, line, send } = await setUp();
    await send();
    issuer.clock.advance(600);
    const withdrawn = await issuer.accessToken();
    line.jwksUri = `${issuer.issuer}/new-jwks`;
    line.isMoved = true;
    await issuer.keys.rotate({ forgetOld: true });
    await send(withdrawn);
    await expect.poll(() => send(withdrawn)).toBe(401);
  });

  it('goes on with the old keys until those at the new address are there', async () => {
    const { issuer, line, send, atNewAddress } = await setUp();
    await send();
    line.jwksUri = `${issuer.issuer}/new-jwks`;
    issuer.clock.advance(600);
    await send();
    await expect.poll(atNewAddress).toBe(1);
    expect(await send()).toBe(200);
    line.isMoved = true;
    issuer.clock.advance(30);
    await send();
    await expect.poll(atNewAddress).toBe(2);
    expect(await send()).toBe(200);
  });
});

describe('an API that has found its provider’s keys', () => {
  it('keeps them where discovery names the same address again', async () => {
    const { issuer, send, discoveries } = await setUp();
    await send();
    issuer.clock.advance(601);
    await send();
    await expect.poll(discoveries).toBe(2);
    issuer.clock.advance(59);
    expect(await send()).toBe(200);
    expect(issuer.requests('jwks')).toHaveLength(2);
    expect(discoveries()).toBe(2);
  });

  it('F-01 goes on for hours while discovery fails, and asks it once in 30 s', async () => {
    const { issuer, send, discoveries } = await setUp();
    await send();
    issuer.fail('discovery', { status: 500 });
    issuer.clock.advance(7200);
    for (let second = 0; second < 60; second++) {
      expect(await send()).toBe(200);
      issuer.clock.advance(1);
    }
    expect(discoveries()).toBeLessThanOrEqual(1 + 3);
  });
});

describe('an API that could not find its provider’s keys', () => {
  it('F-06 asks again though the clock jumped back an hour', async () => {
    const { issuer, send } = await setUp();
    issuer.fail('discovery', 'refused');
    expect(await send()).toBe(503);
    issuer.fail('discovery');
    issuer.clock.advance(-3600);
    expect(await send()).toBe(200);
  });

  it('does not wait for good for a discovery that a runtime dropped with its request', async () => {
    const { issuer, line, send, discoveries } = await setUp();
    line.isDead = true;
    void send();
    await expect.poll(discoveries).toBe(1);
    line.isDead = false;
    issuer.clock.advance(11);
    expect(await send()).toBe(200);
  });
});
