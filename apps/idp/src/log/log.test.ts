import { describe, expect, it } from 'vitest';
import { leastProcessorMilliseconds } from '@sso/auth/testing';
import { createTestLog } from '../../test/test-log.ts';
import { createLog } from './log.ts';
import { createLineWriter } from './line-writer.ts';
import { createPathRedactor, redact } from './redact.ts';

const parse = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line));

describe('the log', () => {
  it('writes an event as one line of JSON, marked for the audit', () => {
    const { log, lines } = createTestLog();
    log.observe({ type: 'sign-in.accepted', sub: 'sub-ada', sessionId: 'session-1' });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(parse(lines)).toEqual([
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'info',
        audit: true,
        type: 'sign-in.accepted',
        sub: 'sub-ada',
        sessionId: 'session-1',
      },
    ]);
  });

  it('writes an audit line out at once, and what was taken before it, and lets other lines wait', () => {
    const written: string[] = [];
    const writer = createLineWriter({ write: (text) => written.push(text) });
    const log = createLog({ level: 'info', ...writer, now: () => 0 });
    log.observe({ type: 'config.warned', message: 'x' });
    expect(written).toEqual([]);
    log.observe({ type: 'code.consumed', clientId: 'shop', grantId: 'g', sessionId: 's' });
    expect(parse(written.join('').trimEnd().split('\n'))).toMatchObject([
      { type: 'config.warned' },
      { type: 'code.consumed', audit: true },
    ]);
  });

  it('names the operator of a command line', () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = createLog({ level: 'info', write, now: () => 0, operator: 'grace' });
    log.observe({ type: 'client.removed', clientId: 'wiki' });
    expect(parse(lines)).toMatchObject([{ operator: 'grace', type: 'client.removed', clientId: 'wiki' }]);
  });

  it('gives what happens within a request its id, and nothing else', async () => {
    const { log, lines } = createTestLog();
    await Promise.all(
      ['one', 'two'].map((id) =>
        log.withRequestId(id, async () => {
          await Promise.resolve();
          log.observe({ type: 'code.consumed', clientId: id, grantId: 'g', sessionId: 's' });
        }),
      ),
    );
    log.observe({ type: 'code.consumed', clientId: 'none', grantId: 'g', sessionId: 's' });
    expect(parse(lines)).toMatchObject([
      { clientId: 'one', requestId: 'one' },
      { clientId: 'two', requestId: 'two' },
      { clientId: 'none' },
    ]);
    expect(lines[2]).not.toContain('requestId');
  });

  it('leaves out what is below its level, but for audit events', () => {
    const { log, lines } = createTestLog('error');
    const request = { method: 'GET', path: '/token', milliseconds: 1, address: undefined };
    log.logRequest({ ...request, status: 200 });
    log.logRequest({ ...request, status: 500 });
    log.observe({ type: 'config.warned', message: 'x' });
    log.observe({ type: 'refresh.reused', clientId: 'shop', grantId: 'g', sessionId: 's' });
    expect(parse(lines)).toMatchObject([
      { level: 'error', status: 500 },
      { level: 'warn', type: 'refresh.reused' },
    ]);
  });

  it('is quiet about health checks', () => {
    const { log, lines } = createTestLog('info');
    const request = { method: 'GET', milliseconds: 1, address: undefined };
    log.logRequest({ ...request, path: '/healthz', status: 200 });
    log.logRequest({ ...request, path: '/readyz', status: 503 });
    expect(lines).toEqual([]);
  });

  it('writes the lines of one turn at once, and what is left when asked', async () => {
    const written: string[] = [];
    const writer = createLineWriter({ write: (text) => written.push(text) });
    writer.write('a\n');
    writer.write('b\n');
    expect(written).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    writer.write('c\n');
    writer.flush();
    writer.flush();
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });
});

describe('G19 what others wrote loses what looks secret', () => {
  it.each([
    ['a JWT', `bad token eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-signature`],
    ['a JWT without payload', 'eyJhbGciOiJFUzI1NiJ9..canary'],
    ['a Bearer header', 'Authorization: Bearer canary-token'],
    ['a Basic header', 'authorization=basic Y2FuYXJ5OmNhbmFyeQ=='],
    ['a query', 'GET https://shop.example/cb?code=canary&state=canary failed'],
    ['a fragment', 'see https://shop.example/cb#access_token=canary'],
    ['a database password', 'postgres://idp:canary@db.example/idp is away'],
    ['a form', 'grant_type=refresh_token&refresh_token=canary&client_secret=canary'],
    ['a cookie', 'cookie __Host-sso=canary; __Host-interaction=canary'],
    ['JSON', '{"password": "canary", "code_verifier":"canary"}'],
    ['a refresh token of ours', 'token canaryaaaaaaaaaaaaaaaa.canaryaaaaaaaaaaaaaaaa is unknown'],
    ['a hash', 'wrong hash $argon2id$v=19$m=19456,t=2,p=1$canary$canary'],
  ])('%s', (_what, text) => {
    expect(redact(text)).not.toMatch(/canary|Y2FuYXJ5/);
  });

  it('and keeps what helps', () => {
    const text = 'connect ECONNREFUSED 127.0.0.1:5432\nwhile asking https://db.example/x';
    expect(redact(text)).toBe('connect ECONNREFUSED 127.0.0.1:5432 while asking https://db.example/x');
  });

  it.each(['eyJ', 'a=', 'https://', '://@', 'code', '-', '"\' ', `${'a'.repeat(22)}.`])(
    'X-16 50 kB of %j cost less than 50 ms of processor, and come to 500 characters at most',
    async (unit) => {
      const text = unit.repeat(50_000 / unit.length);
      expect(redact(text).length).toBeLessThanOrEqual(500);
      expect(await leastProcessorMilliseconds(() => redact(text), { process })).toBeLessThan(50);
    },
  );

  it.each([
    ['/sign-in/3q2-canary-id', '/sign-in/…'],
    ['/authorize?code=canary', '/authorize'],
    ['/.well-known/openid-configuration', '/.well-known/openid-configuration'],
    ['/canary/canary', '/…/…'],
    ['http://evil.example/canary', '…'],
    ['/'.repeat(5000), '/'.repeat(8)],
    ['', '…'],
  ])('of the address %s stays %s', (url, path) => {
    const pathOf = createPathRedactor(['/.well-known/openid-configuration', '/sign-in/:id', '/authorize']);
    expect(pathOf(url)).toBe(path);
  });
});
