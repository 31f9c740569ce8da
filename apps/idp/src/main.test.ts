import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
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

  function start(env: Record<string, string>): ChildProcess {
    const options = { cwd: folder, env: { PATH: requirePath(), ...env } };
    return spawn(process.execPath, [MAIN], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function failure(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
    const child = start(env);
    let said = '';
    child.stderr?.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(child, 'close');
    return { code, said };
  }

  it('says where it listens, answers, and ends on SIGTERM', PATIENCE, async () => {
    const child = start({ ISSUER, PORT: '0' });
    const ended = once(child, 'close');
    const address = await new Promise<string>((resolve) => {
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += String(chunk);
        const found = /listens on (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('in a wrong environment lists what is wrong and ends', PATIENCE, async () => {
    const { code, said } = await failure({ ISSUER: 'x', PORT: 'y' });
    expect(code).toBe(1);
    expect(said).toMatch(/^The environment is not right:\n {2}ISSUER: .*\n {2}PORT: .*\n$/);
  });

  it('on a taken port says so and ends', PATIENCE, async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, said } = await failure({ ISSUER, PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(said).toMatch(/^127\.0\.0\.1:\d+ can't be listened on: .*EADDRINUSE/);
    expect(said).not.toMatch(/\n\s+at /);
  });
});
