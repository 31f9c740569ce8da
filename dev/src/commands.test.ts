import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCaddy } from './caddy/find-caddy.ts';
import { freePorts } from './system/ports.ts';

const entry = fileURLToPath(new URL('../command.mjs', import.meta.url));

interface Result {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

function command(args: readonly string[], env: Record<string, string> = {}): Promise<Result> {
  const { promise, resolve } = Promise.withResolvers<Result>();
  const options = { env: { ...process.env, NO_COLOR: '1', ...env } };
  execFile(process.execPath, [entry, ...args], options, (error, out, err) => {
    resolve({ code: error ? error.code : 0, out, err });
  });
  return promise;
}

describe('every command', () => {
  it('says what it does', async () => {
    const names = ['main', 'checkup', 'trust', 'untrust', 'install-tools', 'idp'];
    const results = await Promise.all(names.map((name) => command([name, '--help'])));
    expect(results.map(({ code, out }) => [code, out.split(':')[0]])).toEqual([
      [0, 'pnpm dev'],
      [0, 'pnpm checkup'],
      [0, 'pnpm trust'],
      [0, 'pnpm untrust'],
      [0, 'install-tools'],
      [0, 'Usage'],
    ]);
  });

  it('refuses an argument it does not know', async () => {
    const err = '✗ Unknown argument --nonsense: see --help.\n';
    expect(await command(['main', '--nonsense'])).toEqual({ code: 1, out: '', err });
  });
});

describe('pnpm dev fails in one sentence', () => {
  it.each([
    [
      'a port that is none',
      { HTTPS_PORT: 'https' },
      /^✗ HTTPS_PORT=https is no port: give a number from 1 to 65535, such as HTTPS_PORT=9443\.\n$/,
    ],
    [
      'a CADDY_BIN that leads nowhere',
      { CADDY_BIN: '/nowhere/caddy' },
      /^✗ CADDY_BIN=\/nowhere\/caddy is not a program: .*\n$/,
    ],
    [
      'the port of a site behind Caddy',
      { HTTPS_PORT: '4101' },
      /^✗ HTTPS_PORT=4101 is the port of Nightfield behind Caddy: choose another, such as HTTPS_PORT=9443\.\n$/,
    ],
    ['no Caddy', { PATH: '/nowhere', CADDY_BIN: '' }, /^✗ Caddy is not installed: .*\n$/],
  ])('for %s', async (_, env, sentence) => {
    expect(await command(['main'], env)).toMatchObject({ code: 1, err: expect.stringMatching(sentence) });
  });

  it.skipIf(findCaddy() === undefined)('for a port that is taken, and starts nothing', async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const { code, out, err } = await command(['main'], { HTTPS_PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(out).not.toContain('✓');
    expect(err).toMatch(
      new RegExp(`^✗ Port ${port} is taken.*: end it, or choose another: HTTPS_PORT=\\d+.*\\.\\n$`),
    );
  });
});
