import { describe, expect, it } from 'vitest';
import { createTestIssuer, type Fault, type TestIssuer } from '../testing/index.ts';
import { createResourceServer, type ResourceServerOptions } from '../resource/index.ts';
import type { AccessContract } from '../access/index.ts';

async function setUp(
  options: Partial<ResourceServerOptions<AccessContract, string>> = {},
  existing?: TestIssuer,
) {
  const issuer = existing ?? (await createTestIssuer());
  const { audience, fetch, clock } = issuer;
  const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock, ...options });
  const handler = api.guard(() => new Response('ok'));
  const send = async () => {
    const headers = { authorization: `Bearer ${await issuer.accessToken()}` };
    return handler(new Request('https://api.example', { headers }));
  };
  return { issuer, send };
}

const faults: readonly [string, Fault][] = [
  ['answers 500', { status: 500 }],
  ['refuses the connection', 'refused'],
  ['answers with a page', 'html'],
  ['redirects', 'redirect'],
];

describe('an API that has never reached its provider', () => {
  it.each(faults)(
    'F-02 answers 503 with Retry-After while discovery %s, and recovers by itself',
    async (_what, fault) => {
      const { issuer, send } = await setUp();
      issuer.fail('discovery', fault);
      const response = await send();
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(response.headers.has('www-authenticate')).toBe(false);
      expect(await response.text()).not.toMatch(/\bat \/|stack|node:/);
      issuer.fail('discovery');
      issuer.clock.advance(5);
      expect((await send()).status).toBe(200);
    },
  );

  it('asks a provider that is down once for many requests', async () => {
    const { issuer, send } = await setUp();
    issuer.fail('discovery', 'refused');
    await Promise.all(Array.from({ length: 20 }, send));
    expect(issuer.requests('discovery')).toHaveLength(1);
  });

  it.each([
    ['without', undefined],
    ['with another thing as', 7],
    ['with a plain http', 'http://issuer.example/jwks'],
    ['with a broken', 'jwks'],
  ])('answers 503 to a discovery document %s jwks_uri', async (_what, jwks_uri) => {
    const document = { issuer: 'https://issuer.example', jwks_uri };
    const { send } = await setUp({ fetch: () => Promise.resolve(Response.json(document)) });
    const response = await send();
    expect(response.status).toBe(503);
    await expect(response.json()).resolves.toHaveProperty(
      'detail',
      expect.stringContaining('discovery_failed'),
    );
  });

  it.each([
    ['another issuer', { issuer: 'https://issuer.example/' }],
    ['no issuer', {}],
    ['an issuer that is no text', { issuer: 7 }],
  ])(
    'P-32 answers 503 where discovery names %s, because its keys may be somebody else’s',
    async (_what, named) => {
      const document = { ...named, jwks_uri: 'https://evil.example' };
      const { send } = await setUp({ fetch: () => Promise.resolve(Response.json(document)) });
      const response = await send();
      expect(response.status).toBe(503);
      await expect(response.json()).resolves.toHaveProperty(
        'detail',
        expect.stringContaining('discovery_mismatch'),
      );
    },
  );
});

it('an API reads a discovery document of any media type', async () => {
  const issuer = await createTestIssuer();
  const asText: typeof fetch = async (input, init) => {
    const response = await issuer.fetch(input, init);
    return new Response(response.body, { headers: { 'content-type': 'text/plain' } });
  };
  const { send } = await setUp({ fetch: asText }, issuer);
  expect((await send()).status).toBe(200);
});

describe('an API behind a private network', () => {
  it('calls the internal address and compares the public one', async () => {
    const issuer = await createTestIssuer();
    const called: string[] = [];
    const { audience, clock } = issuer;
    const api = createResourceServer({
      issuer: issuer.issuer,
      audience,
      clock,
      internalIssuerUrl: 'http://idp.internal:4100',
      fetch: (input, init) => {
        const address = input instanceof Request ? input.url : String(input);
        called.push(address);
        return issuer.fetch(address.replace('http://idp.internal:4100', issuer.issuer), init);
      },
    });
    const headers = { authorization: `Bearer ${await issuer.accessToken()}` };
    await api.authenticate(new Request('https://api.example', { headers }));
    expect(called).toEqual([
      'http://idp.internal:4100/.well-known/openid-configuration',
      'http://idp.internal:4100/jwks',
    ]);
  });

  it('skips discovery where it is told the key set’s address', async () => {
    const { issuer, send } = await setUp({ jwksUri: 'https://issuer.example/jwks' });
    expect((await send()).status).toBe(200);
    expect(issuer.requests('discovery')).toHaveLength(0);
  });
});

describe('an API that reached its provider once', () => {
  it('G12 goes on for ten minutes without it', async () => {
    const { issuer, send } = await setUp();
    await send();
    issuer.fail('jwks', 'refused');
    issuer.fail('discovery', 'refused');
    for (let minute = 0; minute <= 10; minute++) {
      expect((await send()).status).toBe(200);
      issuer.clock.advance(60);
    }
  });
});

it('pain 6: takes keys whose address the provider names inside, as it was asked there', async () => {
  const inside = 'http://idp.internal:8080';
  const issuer = await createTestIssuer();
  issuer.alter({ metadata: { jwks_uri: `${inside}/jwks` } });
  const called: string[] = [];
  const { send } = await setUpAt(issuer, inside, called);
  expect((await send()).status).toBe(200);
  expect(called.filter((address) => !address.startsWith(inside))).toEqual([]);
});

async function setUpAt(issuer: TestIssuer, inside: string, called: string[]) {
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    clock: issuer.clock,
    internalIssuerUrl: inside,
    async fetch(input, init) {
      const { url } = new Request(input, init);
      called.push(url);
      return issuer.fetch(url.replace(inside, issuer.issuer), init);
    },
  });
  const handler = api.guard(() => new Response('ok'));
  const send = async () => {
    const headers = { authorization: `Bearer ${await issuer.accessToken()}` };
    return handler(new Request('https://api.example', { headers }));
  };
  return { send };
}
