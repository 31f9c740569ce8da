import type { IncomingMessage, ServerResponse } from 'node:http';
import { generateSigningJwk, importSigningKey } from '@sso/auth/tokens';
import { describe, expect, it } from 'vitest';
import { startLoopback } from '../../test/loopback-server.ts';
import { openStore } from '../store/index.ts';
import { openClientDirectory } from './client-directory.ts';
import { createClientFetch } from './client-fetch.ts';
import { createClientKeys } from './client-keys.ts';
import { parseClients } from './clients-file.ts';

const key = await importSigningKey(await generateSigningJwk('ES256'));
const known = { alg: 'ES256', kid: key.kid };
const jwks = JSON.stringify({ keys: [key.publicJwk] });

function clientOf(change: object) {
  const registration = {
    client_id: 'signer',
    redirect_uris: ['https://signer.example/cb'],
    token_endpoint_auth_method: 'private_key_jwt',
    ...change,
  };
  const [client] = parseClients([registration]);
  if (!client) throw new Error('no client');
  return client;
}

function openKeys(privateHosts: readonly string[] = []) {
  let now = 1_800_000_000;
  const fetch = createClientFetch((hostname) => privateHosts.includes(hostname));
  return {
    keysOf: createClientKeys({ fetch, clock: () => now }),
    pass: (seconds: number) => void (now += seconds),
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const give: Answer = (_request, response) => response.end(jwks);

describe('the keys of a client', () => {
  it('are those it registered', async () => {
    const { keysOf } = openKeys();
    const keys = keysOf(clientOf({ jwks: { keys: [key.publicJwk] } }));
    await expect(keys?.(known)).resolves.toBeDefined();
    await expect(keys?.({ alg: 'ES256', kid: 'other' })).rejects.toMatchObject({ code: 'token_key_unknown' });
  });

  it('are none where it registered none', () => {
    const secret = {
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: 'a-secret-0123456789',
    };
    expect(openKeys().keysOf(clientOf(secret))).toBeUndefined();
  });

  it('are fetched from its address, once for many requests', async () => {
    await using server = await startLoopback(give);
    const { keysOf } = openKeys();
    const client = clientOf({ jwks_uri: `http://127.0.0.1:${server.port}/jwks` });
    await Promise.all(Array.from({ length: 20 }, async () => keysOf(client)?.(known)));
    expect(server.requests).toEqual(['GET /jwks']);
  });

  it('are fetched once, though others register, change and remove themselves', async () => {
    await using server = await startLoopback(give);
    const store = await openStore('file::memory:');
    const redirect_uris = ['https://a.example/cb'];
    const added = (clientId: string, registration: object) =>
      store.addClient({ clientId, registration: { redirect_uris, ...registration }, secretHash: 'hash' }, 1);
    const signing = { token_endpoint_auth_method: 'private_key_jwt' };
    await added('signer', { ...signing, jwks_uri: `http://127.0.0.1:${server.port}/jwks` });
    const directory = await openClientDirectory({
      issuer: 'https://id.example',
      fileClients: [],
      store,
      observe: () => undefined,
    });
    const { keysOf } = openKeys();
    for (const change of [
      () => added('other', {}),
      () => store.setClientAudiences('other', []),
      () => store.removeClient('other', 1),
    ]) {
      await change();
      await directory.reload();
      const client = directory.find('signer');
      await expect(client && keysOf(client)?.(known)).resolves.toBeDefined();
    }
    expect(server.requests).toEqual(['GET /jwks']);
    await store.close();
  });

  it('T-06 are not fetched again and again for a kid that nobody knows', async () => {
    await using server = await startLoopback(give);
    const { keysOf, pass } = openKeys();
    const client = clientOf({ jwks_uri: `http://127.0.0.1:${server.port}/jwks` });
    await keysOf(client)?.(known);
    for (let second = 0; second < 29; second += 1) {
      await expect(keysOf(client)?.({ alg: 'ES256', kid: `made-up-${second}` })).rejects.toThrow(
        /token_key_unknown/,
      );
      pass(1);
    }
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it('F-01 are kept while the client’s server is down', async () => {
    const server = await startLoopback(give);
    const { keysOf, pass } = openKeys();
    const client = clientOf({ jwks_uri: `http://127.0.0.1:${server.port}/jwks` });
    await keysOf(client)?.(known);
    await server[Symbol.asyncDispose]();
    pass(900);
    await expect(keysOf(client)?.(known)).resolves.toBeDefined();
  });

  it.each<readonly [string, Answer]>([
    ['an error', (_request, response) => response.writeHead(500).end()],
    ['a page', (_request, response) => response.end('<!doctype html>')],
    ['nothing', (_request, response) => response.end()],
    ['no keys', (_request, response) => response.end('{"keys":[]}')],
    ['a redirect', (_request, response) => response.writeHead(302, { location: '/jwks2' }).end()],
    ['300 kB', (_request, response) => response.end('x'.repeat(300_000))],
    ['a cut-off connection', (_request, response) => response.destroy()],
  ])('F-01 can’t be had where its address answers with %s', async (_what, answer) => {
    await using server = await startLoopback(answer);
    const { keysOf } = openKeys();
    const client = clientOf({ jwks_uri: `http://127.0.0.1:${server.port}/jwks` });
    await expect(keysOf(client)?.(known)).rejects.toMatchObject({ code: 'keys_unavailable' });
    expect(server.requests).toEqual(['GET /jwks']);
  });

  it('X-19 are not looked for inside when the client registered itself', async () => {
    await using server = await startLoopback(give);
    const { keysOf } = openKeys(['localhost']);
    const self = (host: string) => ({
      ...clientOf({ jwks_uri: `http://${host}:${server.port}/jwks` }),
      dynamicallyRegistered: true,
    });
    await expect(keysOf(self('127.0.0.1'))?.(known)).rejects.toMatchObject({ code: 'keys_unavailable' });
    expect(server.requests).toEqual([]);
    await expect(keysOf(self('localhost'))?.(known)).resolves.toBeDefined();
  });
});
