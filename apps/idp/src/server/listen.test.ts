import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestLog } from '../../test/test-log.ts';
import { talk } from '../../test/raw-connection.ts';
import { parseTrustedProxies } from '../http/client-address.ts';
import { createPathRedactor } from '../log/redact.ts';
import { createDrain, type DrainOptions } from './drain.ts';
import { type ListenOptions, listen, portOf } from './listen.ts';
import { TIMEOUTS, type Timeouts } from './timeouts.ts';

const QUICK = { headersSeconds: 0.2, requestSeconds: 0.4, idleSeconds: 0.3, checkSeconds: 0.1 };
/** Short enough to wait for, and long enough for a busy machine to answer a whole request in. */
const PATIENT = { headersSeconds: 2, requestSeconds: 3, idleSeconds: 2, checkSeconds: 0.1 };

describe('the server', () => {
  const open = new Set<Server>();
  afterEach(() => {
    for (const server of open) server.close().closeAllConnections();
    open.clear();
  });

  interface StartOptions {
    readonly drain?: DrainOptions;
    readonly trusted?: string;
    readonly timeouts?: Timeouts;
  }

  async function start(
    fetch: ListenOptions['fetch'],
    {
      drain: drainOptions = { delaySeconds: 0, seconds: 10 },
      trusted = 'none',
      timeouts = TIMEOUTS,
    }: StartOptions = {},
  ) {
    const drain = createDrain(drainOptions);
    const { log, lines } = createTestLog();
    const server = await listen({
      fetch,
      log,
      drain,
      host: '127.0.0.1',
      port: 0,
      trustedProxies: parseTrustedProxies(trusted),
      logPathOf: createPathRedactor(['/token', '/sign-in/:id']),
      timeouts,
      headers: { 'X-Every': 'yes' },
    });
    open.add(server);
    return { server, drain, lines, port: portOf(server), origin: `http://127.0.0.1:${portOf(server)}` };
  }

  const post = 'POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n';

  it('X-12 ends a connection whose headers never come', async () => {
    const { port } = await start(() => new Response('ok'), { timeouts: QUICK });
    expect(await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1.1 408 /);
  });

  it('X-12 ends a connection that never says anything', async () => {
    const { port } = await start(() => new Response('ok'), { timeouts: QUICK });
    expect(await talk(port, '')).not.toContain('200');
  });

  it('X-12 ends a connection whose body drips', async () => {
    const { port } = await start(async (request) => new Response(await request.text()), {
      timeouts: QUICK,
    });
    const heard = await talk(port, post, (socket) => {
      const drip = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(drip));
    });
    expect(heard).not.toContain('200');
  });

  it('X-12 ends a connection that has nothing more to ask', async () => {
    const { port } = await start(() => new Response('ok'), { timeouts: PATIENT });
    expect(await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1.1 200 [^]*ok$/);
  });

  it('X-12 serves others while 500 connections idle', async () => {
    const { port, origin } = await start(() => new Response('ok'), { timeouts: PATIENT });
    const idle = Array.from({ length: 500 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    expect(await (await fetch(origin)).text()).toBe('ok');
    await Promise.all(idle.map(async (socket) => socket.closed || once(socket.resume(), 'close')));
  });

  it.each([
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['17 kB of headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    [
      'X-11 two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['X-11 an obfuscated encoding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n', 501],
    ['a method nobody knows', 'FLY / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ])('refuses %s', async (_what, words, status) => {
    const { port } = await start(() => new Response('ok'));
    expect(await talk(port, words)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('gives each request an id and one line, without its query', async () => {
    const { origin, lines } = await start(() => new Response('no', { status: 403 }));
    const response = await fetch(`${origin}/sign-in/canary?code=canary`, {
      headers: { cookie: 'sso=canary' },
    });
    await response.text();
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      type: 'request.answered',
      method: 'GET',
      path: '/sign-in/…',
      status: 403,
      milliseconds: expect.any(Number),
      address: '127.0.0.1',
      requestId: response.headers.get('x-request-id'),
    });
  });

  it('U-04 warns once of whoever sends X-Forwarded-For and is no trusted proxy', async () => {
    const { origin, lines } = await start(() => new Response('ok'));
    const warnings = () => lines.filter((line) => line.includes('config.warned'));
    await fetch(origin);
    expect(warnings()).toEqual([]);
    for (const address of ['198.51.100.7', '198.51.100.8'])
      await fetch(origin, { headers: { 'x-forwarded-for': address } });
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatch(/127\.0\.0\.1 sends X-Forwarded-For and is no trusted proxy.*TRUST_PROXY/);
    expect(warnings()[0]).not.toContain('198.51.100');
  });

  it('U-04 warns of no trusted proxy', async () => {
    const { origin, lines } = await start(() => new Response('ok'), { trusted: 'loopback' });
    await fetch(origin, { headers: { 'x-forwarded-for': '198.51.100.7' } });
    expect(lines.filter((line) => line.includes('config.warned'))).toEqual([]);
  });

  it('X-18 sends its headers with every answer, refusals included', async () => {
    const { origin, port } = await start(() => new Response('no', { status: 500 }));
    expect((await fetch(origin)).headers.get('x-every')).toBe('yes');
    const refused = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n';
    expect(await talk(port, refused)).toMatch(/^HTTP\/1\.1 501 [^]*x-every: yes/i);
  });

  it.each([
    ['a proxy of ours', 'loopback', 'from-the-proxy-1', true],
    ['anybody else', 'none', 'from-the-proxy-1', false],
    ['a proxy of ours, when it is made up of signs', 'loopback', '"}{"level":"error', false],
  ])('takes the id of %s or makes its own', async (_who, trusted, id, taken) => {
    const { origin } = await start(() => new Response('ok'), { trusted });
    const response = await fetch(origin, { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id') === id).toBe(taken);
  });

  it('F-13 answers what is under way and takes nothing new once it ends', async () => {
    const { promise: release, resolve: finish } = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const { server, drain, origin } = await start(async () => {
      arrived.resolve();
      await release;
      return new Response('done');
    });
    const slow = fetch(origin);
    await arrived.promise;
    const ended = drain.end(server);
    expect(drain.isDraining()).toBe(true);
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    finish();
    const response = await slow;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('done');
    await ended;
  });

  it('F-13 cuts what takes longer than it may', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, drain, origin } = await start(
      () => {
        arrived.resolve();
        return new Promise<Response>(() => undefined);
      },
      { drain: { delaySeconds: 0, seconds: 0.1 } },
    );
    const stuck = fetch(origin);
    stuck.catch(() => undefined);
    await arrived.promise;
    await drain.end(server);
    await expect(stuck).rejects.toThrow('fetch failed');
  });

  it('F-13 goes on for a while where a load balancer has to notice first', async () => {
    const noticed = Promise.withResolvers<void>();
    const waits: number[] = [];
    const wait = (milliseconds: number) => {
      waits.push(milliseconds);
      return noticed.promise;
    };
    const { server, drain, origin } = await start(() => new Response('ok'), {
      drain: { delaySeconds: 7, seconds: 10, wait },
    });
    const ended = drain.end(server);
    expect(drain.isDraining()).toBe(true);
    const response = await fetch(origin);
    expect([await response.text(), response.headers.get('connection')]).toEqual(['ok', 'close']);
    expect(waits).toEqual([7000]);
    noticed.resolve();
    await ended;
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
  });
});
