import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack/stack.ts';
import { stubApps } from '../stack/stub-apps.ts';
import { startStack } from '../stack/start-stack.ts';
import { findCaddy } from './find-caddy.ts';

const root = mkdtempSync(join(tmpdir(), 'proxy-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Target {
  readonly app: 'idp' | 'shop';
  readonly method: string;
}

describe.skipIf(findCaddy() === undefined)('the proxy', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ mode: 'production', root, programs: stubApps });
  });
  afterAll(() => stack.stop());

  const send = (
    path: string,
    headers: OutgoingHttpHeaders = {},
    body?: string,
    { app = 'shop', method = body === undefined ? 'GET' : 'POST' }: Partial<Target> = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, host, port } = new URL(stack.origins[app]);
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path,
          servername: hostname,
          ca: readFileSync(stack.rootCertificate),
          method,
          headers: { host, ...headers },
          agent: false,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode, headers: response.headers, body: text }),
          );
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });

  it.each([
    ['X-01', 'x-middleware-subrequest', 'middleware:middleware:middleware'],
    ['X-01', 'x-middleware-rewrite', '/admin'],
    ['X-09', 'forwarded', 'host=evil.example'],
    ['X-09', 'x-forwarded-port', '1'],
    ['X-09', 'x-original-url', '/admin'],
    ['X-10', 'x-user', 'eve'],
    ['X-10', 'x-user-id', '1'],
    ['X-10', 'x_user', 'eve'],
    ['X-10', 'remote_user', 'eve'],
    ['X-10', 'remote-user', 'eve'],
    ['X-10', 'x-remote-user', 'eve'],
    ['X-10', 'x-auth-request-email', 'eve@example.com'],
    ['X-10', 'x-authenticated-user', 'eve'],
    ['X-10', 'x-forwarded-user', 'eve'],
    ['X-10', 'x-session-sub', 'eve'],
    ['X-10', 'x-client-verify', 'SUCCESS'],
  ])('%s takes the client-sent header %s away', async (_, name, value) => {
    const { body } = await send('/headers', { [name]: value, 'x-kept': 'yes' });
    expect(body).toContain('"x-kept":"yes"');
    expect(body).not.toContain(`"${name}":`);
  });

  it('X-09 replaces what a client says about host, protocol and address', async () => {
    const forged = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '9.9.9.9',
    };
    const seen: unknown = JSON.parse((await send('/headers', forged)).body);
    expect(seen).toMatchObject({
      'x-forwarded-host': new URL(stack.origins.shop).host,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': expect.not.stringContaining('9.9.9.9'),
    });
  });

  it('X-09 refuses a host it does not know on a certificate that it does', async () => {
    expect(await send('/', { host: 'evil.example' })).toMatchObject({ status: 421 });
  });

  it('T-32 hands on one Authorization line and refuses several, in any order', async () => {
    expect(await send('/headers', { authorization: 'Bearer a' })).toMatchObject({ status: 200 });
    for (const Authorization of [
      ['Bearer a', 'Bearer b'],
      ['Bearer b', 'Bearer a'],
    ]) {
      expect(await send('/headers', { Authorization })).toMatchObject({ status: 400 });
    }
  });

  it.each([
    ['PUT', 'idp', '/register/a-client', 200],
    ['DELETE', 'idp', '/register/a-client', 200],
    ['PATCH', 'idp', '/register/a-client', 405],
    ['PUT', 'idp', '/register', 405],
    ['DELETE', 'idp', '/registers/a-client', 405],
    ['PUT', 'idp', '/account', 405],
    ['DELETE', 'idp', '/token/register/a-client', 405],
    ['PUT', 'shop', '/register/a-client', 405],
    ['DELETE', 'shop', '/', 405],
  ] as const)('X-14 answers %s at %s%s with %i', async (method, app, path, status) => {
    const answer = await send(path, {}, undefined, { app, method });
    expect(answer.status).toBe(status);
    const isRegistration = app === 'idp' && path.startsWith('/register/');
    const allow = isRegistration ? 'GET, HEAD, PUT, DELETE' : 'GET, HEAD, POST, OPTIONS';
    expect(answer.headers['allow']).toBe(status === 405 ? allow : undefined);
  });

  it('X-12 answers 413 to a body of more than 1 MB', async () => {
    expect(await send('/', { 'content-length': '2000000' }, 'x'.repeat(2_000_000))).toMatchObject({
      status: 413,
    });
    expect(await send('/', {}, 'x'.repeat(900_000))).toMatchObject({ status: 200 });
  });

  it('G-03 X-18 names no server, sends no HSTS for a localhost name and offers no other protocol', async () => {
    const { headers } = await send('/');
    for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'alt-svc']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it('G19 G-01 writes an access log without a single secret, in a folder for this person only', async () => {
    await send('/redirect?code=SECRET-A&state=SECRET-B&login_hint=SECRET-C&x=seen', {
      cookie: 'a=SECRET-D',
      authorization: 'Bearer SECRET-E',
      referer: 'https://shop.localhost/auth/callback?code=SECRET-F',
      dpop: 'SECRET-G',
      'next-router-state-tree': '?code=SECRET-H',
    });
    const path = stack.files.accessLog;
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('x=seen');
    const log = readFileSync(path, 'utf8');
    expect(log).not.toContain('SECRET');
    expect(log).toContain('"Location":["https://shop.localhost/auth/callback?…"]');
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('G19 says which site does not answer, and keeps that out of its own output', async () => {
    await stack.stop('shop');
    const answer = await send('/auth/callback?code=SECRET-I');
    expect(answer).toMatchObject({ status: 502, body: expect.stringContaining('Nightfield') });
    expect(readFileSync(stack.files.logs.caddy, 'utf8')).not.toContain('SECRET');
    await stack.restart('shop');
  });
});
