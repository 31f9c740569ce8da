import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, startLoopback } from '../../test/loopback-server.ts';
import { createClientFetch } from './client-fetch.ts';
import { requireListedBySector } from './sector-identifier.ts';

const REDIRECTS = ['https://a.example/cb', 'https://b.example/cb'];

const fetchWithin = (listed: readonly string[]) =>
  createClientFetch((host) => listed.includes(host))({ dynamicallyRegistered: true });

describe('a sector_identifier_uri (OIDC Registration §5)', () => {
  let server: LoopbackServer;
  let answer = { status: 200, body: JSON.stringify(REDIRECTS), headers: {} };
  const right = answer;
  beforeAll(async () => {
    server = await startLoopback((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body);
    });
  });
  afterEach(() => void (answer = right));
  afterAll(() => server[Symbol.asyncDispose]());

  const check = (redirect_uris = REDIRECTS, listed = ['127.0.0.1']) =>
    requireListedBySector(fetchWithin(listed), {
      redirect_uris,
      sector_identifier_uri: `http://127.0.0.1:${server.port}/sector.json`,
    });

  it.each([
    ['all return addresses', REDIRECTS],
    ['more than these', REDIRECTS.slice(1)],
    ['addresses of others, for a client that has none', []],
  ])('may list %s', async (_what, redirects) => {
    await expect(check(redirects)).resolves.toBeUndefined();
  });

  it('is not asked for where it is not registered', async () => {
    const before = server.requests.length;
    await requireListedBySector(fetchWithin([]), { redirect_uris: REDIRECTS });
    expect(server.requests.length).toBe(before);
  });

  it.each([
    ['lacks a return address', { body: '["https://a.example/cb"]' }, /does not list .* https:\/\/b\.example/],
    ['has it with another slash', { body: '["https://a.example/cb","https://b.example/cb/"]' }, /not list/],
    ['is no JSON', { body: '<html>' }, /no JSON array/],
    ['is an object', { body: '{"redirect_uris":[]}' }, /no JSON array/],
    ['holds numbers', { body: '[1]' }, /no JSON array/],
    ['is missing', { status: 404 }, /status 404/],
    ['is moved', { status: 302, headers: { location: 'https://a.example/' } }, /status 302/],
    ['is endless', { body: JSON.stringify(['x'.repeat(300_000)]) }, /can’t be fetched|no JSON array/],
  ])('U-16 is refused when what stands there %s', async (_what, change, message) => {
    answer = { ...right, ...change };
    await expect(check()).rejects.toThrow(message);
    await expect(check()).rejects.toThrow(/^sector_identifier_uri /);
  });

  it('X-19 is not looked for inside, and no redirect leads there', async () => {
    const before = server.requests.length;
    await expect(check(REDIRECTS, [])).rejects.toThrow(/can’t be fetched/);
    expect(server.requests.length).toBe(before);
  });
});
