import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePath } from '../test/search-path.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ISSUER = 'http://127.0.0.1:4100';
/** A whole process starts, on a machine that may be busy. */
const PATIENCE = { timeout: 30_000 };

describe('starting the provider', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-start-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  function start(env: Record<string, string>, ...words: string[]): ChildProcess {
    const options = { cwd: folder, env: { PATH: requirePath(), ...env } };
    return spawn(process.execPath, [MAIN, ...words], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** A started provider: its address, and its ending. */
  async function running(env: Record<string, string>) {
    const child = start({ ISSUER, PORT: '0', ...env });
    const ended = once(child, 'close');
    const address = await new Promise<string>((resolve) => {
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += String(chunk);
        const found = /listens on (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return { child, ended, address };
  }

  async function outcome(env: Record<string, string>, ...words: string[]) {
    const child = start(env, ...words);
    let [said, complained] = ['', ''];
    child.stdout?.on('data', (chunk) => (said += String(chunk)));
    child.stderr?.on('data', (chunk) => (complained += String(chunk)));
    const [code]: unknown[] = await once(child, 'close');
    return { code, said, complained };
  }

  it('says where it listens, answers, and ends on SIGTERM', PATIENCE, async () => {
    const { child, ended, address } = await running({});
    expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('F-13 says on /readyz that it is ending, and finishes what is under way', PATIENCE, async () => {
    const { child, ended, address } = await running({ DRAIN_DELAY_SECONDS: '1' });
    const slow = connect(Number(new URL(address).port), '127.0.0.1');
    slow.write('POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n');
    slow.write('Content-Type: application/x-www-form-urlencoded\r\n\r\nclient_');
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status).toBe(503);
    const knocking = () =>
      fetch(`${address}/healthz`).then(
        () => 'taken',
        () => 'refused',
      );
    await expect.poll(knocking, { timeout: 5000 }).toBe('refused');
    slow.write('id');
    const [answer]: unknown[] = await once(slow, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 401 [^]*Connection: close/);
    expect(await ended).toEqual([0, null]);
  });

  it('explains itself', PATIENCE, async () => {
    const { code, said } = await outcome({}, '--help');
    expect(code).toBe(0);
    expect(said).toMatch(/^Usage: node apps\/idp\/src\/main\.ts\n[^]*\n {2}ISSUER\n/);
  });

  it('takes no arguments', PATIENCE, async () => {
    const { code, complained } = await outcome({ ISSUER }, '--port=1');
    expect(code).toBe(1);
    expect(complained).toBe(
      '"--port=1" means nothing here: everything comes from the environment. See --help.\n',
    );
  });

  it('in a wrong environment lists what is wrong and ends', PATIENCE, async () => {
    const { code, complained } = await outcome({ ISSUER: 'x', PORT: 'y' });
    expect(code).toBe(1);
    expect(complained).toMatch(/^The environment is not right:\n {2}ISSUER: .*\n {2}PORT: .*\n$/);
  });

  it('on a taken port says so and ends', PATIENCE, async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, complained } = await outcome({ ISSUER, PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(complained).toMatch(/^127\.0\.0\.1:\d+ can't be listened on: .*EADDRINUSE/);
    expect(complained).not.toMatch(/\n\s+at /);
  });
});
