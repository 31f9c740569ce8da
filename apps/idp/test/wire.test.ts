import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProvider, openTestProvider } from './test-provider.ts';
import { createTestLog } from './test-log.ts';
import { talk } from './raw-connection.ts';
import { createApp } from '../src/app.ts';
import { loadStylesheet } from '../src/interaction/stylesheet.ts';
import { createPathRedactor } from '../src/log/redact.ts';
import { createDrain } from '../src/server/drain.ts';
import { listen, portOf } from '../src/server/listen.ts';

const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('the whole provider on a socket', () => {
  let idp: TestProvider;
  let server: Server;
  let draining = false;
  const { log, lines } = createTestLog();
  beforeAll(async () => {
    idp = await openTestProvider();
    const { trustedProxies } = idp.provider;
    const { fetch, routes } = createApp(idp.provider, loadStylesheet(), () => draining);
    const pathOf = createPathRedactor(routes.map(({ path }) => path));
    const drain = createDrain({ delaySeconds: 0, seconds: 1 });
    server = await listen({
      fetch,
      host: '127.0.0.1',
      port: 0,
      log,
      drain,
      trustedProxies,
      logPathOf: pathOf,
    });
  });
  afterAll(async () => {
    server.close().closeAllConnections();
    await idp[Symbol.asyncDispose]();
  });

  const say = (first: string, headers = '', body = '') =>
    talk(
      portOf(server),
      `${first} HTTP/1.1\r\nHost: id.example\r\nConnection: close\r\n${headers}\r\n${body}`,
    );

  const paths = ['/authorize', '/token', '/userinfo', '/jwks', '/account', '/end-session', '/healthz'];
  it.each(
    paths.flatMap((path) => ['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'].map((m) => [m, path] as const)),
  )('X-14 %s %s is 405 and names what goes', async (method, path) => {
    const answer = await say(`${method} ${path}`);
    expect(statusOf(answer)).toBe(405);
    expect(answer).toMatch(/\r\nallow: \S+/i);
  });

  it.each([
    ['HEAD /jwks', 200],
    ['HEAD /token', 405],
    ['OPTIONS /authorize', 405],
    ['OPTIONS /token', 204],
  ])('X-14 %s is answered %s, with no body', async (first, status) => {
    const answer = await say(first);
    expect(statusOf(answer)).toBe(status);
    // Nothing, or one empty chunk.
    expect(answer.split('\r\n\r\n')[1]).toMatch(/^0?$/);
  });

  const big = 'x'.repeat(5_000_000);
  it.each(['/token', '/authorize', '/end-session', '/par'])('X-12 5 MB at %s are 413', async (path) => {
    expect(statusOf(await say(`POST ${path}`, `${FORM}Content-Length: ${big.length}\r\n`, big))).toBe(413);
  });

  it('X-12 5 MB in pieces are 413 as well', async () => {
    const chunk = `${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`;
    const body = `${chunk.repeat(50)}0\r\n\r\n`;
    expect(statusOf(await say('POST /token', `${FORM}Transfer-Encoding: chunked\r\n`, body))).toBe(413);
  });

  it('X-12 5 MB where nobody reads them are answered all the same', async () => {
    const answer = await say('POST /nowhere', `${FORM}Content-Length: ${big.length}\r\n`, big);
    expect(statusOf(answer)).toBe(404);
  });

  it('X-14 CONNECT gets nothing', async () => {
    expect(await say('CONNECT id.example:443')).toBe('');
  });

  it.each([
    ['an absolute address', 'GET http://evil.example/.well-known/openid-configuration'],
    ['an upgrade', 'GET /.well-known/openid-configuration'],
  ])('X-05 X-09 %s leads nowhere else', async (_what, first) => {
    const answer = await say(first, 'Upgrade: websocket\r\nX-Forwarded-Host: evil.example\r\n');
    expect(statusOf(answer)).toBeLessThan(500);
    expect(answer).not.toContain('evil.example');
  });

  it.each([
    ['GET https://[', ''],
    ['GET http://[::1', ''],
    ['GET //[', ''],
    ['GET *', ''],
    ['GET /%', ''],
    ['GET /authorize?%', ''],
    ['GET /sign-in/%00', ''],
    ['GET /account', 'Host: [\r\n'],
    ['GET /account', 'Host: a b/c\r\n'],
    ['GET /account', 'Host: id.example:99999\r\n'],
    ['GET /account', 'Host: \r\n'],
  ])('X-21 %s with the header "%s", which no parser can read, is no failure of ours', async (first, host) => {
    const headers = `${host || 'Host: id.example\r\n'}Connection: close\r\n\r\n`;
    const answer = await talk(portOf(server), `${first} HTTP/1.1\r\n${headers}`);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(200);
    expect(statusOf(answer)).toBeLessThan(500);
    expect(idp.events.filter(({ type }) => type === 'error.internal')).toEqual([]);
  });

  it('G-03 says nothing of what it is made of', async () => {
    for (const path of ['/', '/account', '/token', '/.env', '/api/debug'])
      expect(await say(`GET ${path}`)).not.toMatch(/\r\n(server|x-powered-by):|hono|node\.js|\.ts:\d/i);
  });

  it('G18 a body that ends early is no failure of ours', async () => {
    const { length } = lines;
    await talk(
      portOf(server),
      `POST /token HTTP/1.1\r\nHost: a\r\n${FORM}Content-Length: 1000\r\n\r\nhalf`,
      (socket) => setTimeout(() => socket.destroy(), 50),
    );
    await expect.poll(() => lines.length).toBeGreaterThan(length);
    expect(lines.slice(length).join('')).not.toContain('"level":"error"');
    expect(idp.events.filter(({ type }) => type === 'error.internal')).toEqual([]);
  });

  it('F-13 /readyz says when it is ending, and when the store fails', async () => {
    expect(statusOf(await say('GET /readyz'))).toBe(200);
    draining = true;
    expect(await say('GET /readyz')).toMatch(/^HTTP\/1\.1 503 [^]*draining$/);
    expect(statusOf(await say('GET /healthz'))).toBe(200);
    draining = false;
  });
});
