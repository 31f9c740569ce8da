import { describe, expect, it } from 'vitest';
import { startLoopback } from '../../test/loopback-server.ts';
import { createOutboundFetch } from './outbound-fetch.ts';

const anywhere = createOutboundFetch({ mayBePrivate: () => true });
const publicOnly = createOutboundFetch({ mayBePrivate: () => false });

describe('an outgoing request', () => {
  it('carries method, headers and body, and brings status, headers and body back', async () => {
    await using server = await startLoopback((request, response) => {
      response.writeHead(201, { 'x-seen': request.headers['content-type'] });
      request.pipe(response);
    });
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' };
    const response = await anywhere(`http://127.0.0.1:${server.port}/a?b=c`, init);
    expect([response.status, response.headers.get('x-seen'), await response.text()]).toEqual([
      201,
      'text/plain',
      'hello',
    ]);
    expect(server.requests).toEqual(['POST /a?b=c']);
  });

  it('waits for the status only where the body does not count, however long that is', async () => {
    await using server = await startLoopback((_request, response) => {
      response.writeHead(201);
      const write = () => void response.write('x'.repeat(65_536), () => setImmediate(write));
      write();
    });
    const statusOnly = createOutboundFetch({ mayBePrivate: () => true, statusOnly: true });
    const response = await statusOnly(`http://127.0.0.1:${server.port}/`);
    expect([response.status, response.body]).toEqual([201, null]);
  });

  it('keeps a connection for the next request, and opens another where the server closed it', async () => {
    const connections = new Set<unknown>();
    await using server = await startLoopback((request, response) => {
      connections.add(request.socket);
      response.end(request.url === '/last' ? 'last' : 'more');
      if (request.url === '/last') request.socket.end();
    });
    const keeping = createOutboundFetch({ mayBePrivate: () => true, keepsConnections: true });
    const ask = async (path: string) => (await keeping(`http://127.0.0.1:${server.port}${path}`)).text();
    expect([await ask('/one'), await ask('/two'), await ask('/last')]).toEqual(['more', 'more', 'last']);
    expect(connections.size).toBe(1);
    expect(await ask('/three')).toBe('more');
    expect(connections.size).toBe(2);
  });

  it.each([
    ['the loopback address', '127.0.0.1'],
    ['a name of this machine', 'localhost'],
    ['the address as one number', '2130706433'],
    ['the address in octal', '0177.0.0.1'],
    ['the address in hexadecimal', '0x7f000001'],
    ['the address with fewer parts', '127.1'],
    ['the unspecified address', '0.0.0.0'],
    ['IPv6 loopback', '[::1]'],
    ['IPv4 inside IPv6', '[::ffff:127.0.0.1]'],
  ])('X-19 does not reach a service of this machine by %s', async (_what, host) => {
    await using server = await startLoopback((_request, response) => response.end('secret'));
    await expect(publicOnly(`http://${host}:${server.port}/`)).rejects.toThrow(/special-use address/);
    expect(server.requests).toEqual([]);
  });

  it('X-19 reaches a private host only under the names that are listed', async () => {
    await using server = await startLoopback((_request, response) => response.end('ok'));
    const listed = createOutboundFetch({ mayBePrivate: (hostname) => hostname === 'localhost' });
    expect((await listed(`http://localhost:${server.port}/`)).status).toBe(200);
    await expect(listed(`http://127.0.0.1:${server.port}/`)).rejects.toThrow(/special-use address/);
  });

  it('X-19 never asks a metadata service, listed or not', async () => {
    await expect(anywhere('http://169.254.169.254/latest/meta-data')).rejects.toThrow(/169\.254\.169\.254/);
  });

  it('X-19 follows no redirect', async () => {
    await using server = await startLoopback((_request, response) =>
      response.writeHead(302, { location: '/inside' }).end(),
    );
    const response = await anywhere(`http://127.0.0.1:${server.port}/`);
    expect(response.status).toBe(302);
    expect(server.requests).toEqual(['GET /']);
  });

  it('gives up on an answer that never comes, or never ends', async () => {
    const quick = createOutboundFetch({ mayBePrivate: () => true, timeoutSeconds: 0.2 });
    await using silent = await startLoopback(() => undefined);
    await expect(quick(`http://127.0.0.1:${silent.port}/`)).rejects.toThrow(/abort/i);
    await using dripping = await startLoopback((_request, response) => void response.write('{'));
    await expect(quick(`http://127.0.0.1:${dripping.port}/`)).rejects.toThrow(/abort/i);
  });

  it('gives up on an answer that is too long', async () => {
    const small = createOutboundFetch({ mayBePrivate: () => true, maxBytes: 1000 });
    await using server = await startLoopback((_request, response) => response.end('x'.repeat(1001)));
    await expect(small(`http://127.0.0.1:${server.port}/`)).rejects.toThrow(/longer than 1000 bytes/);
  });

  it('says that nobody answers', async () => {
    const { port } = await startLoopback(() => undefined).then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });
    await expect(anywhere(`http://127.0.0.1:${port}/`)).rejects.toThrow(/ECONNREFUSED/);
  });
});
