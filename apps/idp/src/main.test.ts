import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePath } from '../test/search-path.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ISSUER = 'http://127.0.0.1:4100';

describe('starting the provider', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-start-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  function start(env: Record<string, string>): ChildProcess {
    return spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { PATH: requirePath(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function failure(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
    const child = start(env);
    let said = '';
    child.stderr?.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(child, 'close');
    return { code, said };
  }

  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('says where it listens, answers, and ends on SIGTERM', async () => {
    const child = start({ ISSUER, PORT: '0' });
    let said = '';
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk);
      if (said.includes('listens on')) break;
    }
    const address = /listens on (\S+)/.exec(said)?.[1] ?? '';
    expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok');
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });

  it.each<readonly [string, () => Promise<Record<string, string>>, RegExp]>([
    ['a wrong environment', async () => ({ ISSUER: 'x', PORT: 'y' }), /ISSUER[^]*PORT/],
    [
      'a missing file',
      async () => ({ ISSUER, CLIENTS_FILE: '/nowhere.json' }),
      /^CLIENTS_FILE: \/nowhere\.json can't be read$/m,
    ],
    [
      'a file that is not JSON',
      async () => ({ ISSUER, USERS_FILE: await file('users.json', '{') }),
      /^USERS_FILE: .* is not JSON$/m,
    ],
    [
      'a wrong registration',
      async () => ({ ISSUER, CLIENTS_FILE: await file('clients.json', '[{"client_id":"a"}]') }),
      /client "a": client_secret is missing/,
    ],
    [
      'a broken database',
      async () => ({ ISSUER, DATABASE_URL: `file:${await file('broken.sqlite', 'x'.repeat(5000))}` }),
      /can't be used: file is not a database/,
    ],
    [
      'a folder that is not there',
      async () => ({ ISSUER, DATABASE_URL: 'file:/nowhere/idp.sqlite' }),
      /can't be used: ENOENT/,
    ],
    [
      'no PostgreSQL',
      async () => ({ ISSUER, DATABASE_URL: 'postgres://me:word@127.0.0.1:1/x' }),
      /postgres:\/\/…@127\.0\.0\.1:1\/x can't be used/,
    ],
  ])('with %s ends with one clear message', async (_what, env, message) => {
    const { code, said } = await failure(await env());
    expect(code).toBe(1);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/\n\s+at /);
  });

  it('on a taken port ends with one clear message', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, said } = await failure({ ISSUER, PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(said).toMatch(/^127\.0\.0\.1:\d+ can't be listened on: .*EADDRINUSE/);
  });
});
