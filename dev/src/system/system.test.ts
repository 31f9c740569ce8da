import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findInstallation } from './packages.ts';
import { describeHolder, findPortHolder, howToName, userName } from './port-holder.ts';
import { freePorts, portState, portTaken } from './ports.ts';
import { asRoot, isRoot, shellLine } from './privileges.ts';
import { requireTool } from './require-tool.ts';
import { run } from './run.ts';

describe('a tool that is missing', () => {
  const state = { installed: false, ran: [] as string[] };
  afterEach(() => Object.assign(state, { installed: false, ran: [] }));

  const require = (options: Partial<Parameters<typeof requireTool>[0]>): Promise<string> =>
    requireTool({
      tool: 'caddy',
      title: 'Caddy',
      homepage: 'https://caddyserver.com',
      find: () => (state.installed ? '/usr/bin/caddy' : undefined),
      execute: async (command) => {
        state.ran.push(command.join(' '));
        state.installed = true;
        return true;
      },
      ask: undefined,
      say: () => {},
      env: { PATH: process.env['PATH'] },
      ...options,
    });
  const known = findInstallation('caddy') !== undefined;

  it('is not installed when it is there', async () => {
    state.installed = true;
    expect(await require({})).toBe('/usr/bin/caddy');
    expect(state.ran).toEqual([]);
  });

  it.runIf(known)('is installed after a yes', async () => {
    expect(await require({ ask: async () => true })).toBe('/usr/bin/caddy');
    expect(state.ran.at(-1)).toContain('caddy');
  });

  it.runIf(known)('is named with the one command to type after a no', async () => {
    await expect(require({ ask: async () => false })).rejects.toMatchObject({
      message: 'Caddy is not installed',
      fix: expect.stringMatching(/^type .*caddy.* and start again$/),
    });
    expect(state.ran).toEqual([]);
  });

  it.runIf(known)('is installed unasked in CI', async () => {
    await require({ env: { PATH: process.env['PATH'], CI: 'true' } });
    expect(state.ran).not.toEqual([]);
  });

  it.runIf(known && isRoot())('is installed unasked by root, where nobody can be asked', async () => {
    expect(await require({})).toBe('/usr/bin/caddy');
  });

  it.runIf(known && !isRoot())('is named with the command where nobody can be asked', async () => {
    await expect(require({})).rejects.toMatchObject({ fix: expect.stringMatching(/^type /) });
  });

  it('is named with its homepage where no package manager is known', async () => {
    await expect(require({ env: { PATH: '/nowhere' } })).rejects.toMatchObject({
      fix: 'install it from https://caddyserver.com and start again',
    });
  });

  it.runIf(known)('is reported when the installation fails', async () => {
    await expect(require({ ask: async () => true, execute: async () => false })).rejects.toMatchObject({
      message: expect.stringMatching(/ failed$/),
    });
  });
});

async function holding(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a shell line', () => {
  it('quotes what a shell would take apart', () => {
    expect(shellLine([['rm', '-f', "/it's here/x"], ['ls']])).toBe(String.raw`rm -f '/it'\''s here/x' && ls`);
  });
});

const programs = mkdtempSync(join(tmpdir(), 'programs-'));
afterAll(() => rmSync(programs, { recursive: true, force: true }));

/** A PATH on which these programs are, and no others. */
const withPrograms = (...names: string[]): NodeJS.ProcessEnv => {
  const folder = mkdtempSync(join(programs, 'bin-'));
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 });
  return { PATH: folder };
};

describe('a command that needs root', () => {
  it('is run by sudo, and by su where there is no sudo', () => {
    const command = ['apt-get', 'install', '-y', 'caddy'];
    expect(shellLine([asRoot(command, withPrograms('sudo', 'su'))])).toBe('sudo apt-get install -y caddy');
    expect(shellLine([asRoot(command, withPrograms('su'))])).toBe("su root -c 'apt-get install -y caddy'");
  });
});

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('a program', () => {
  it('that is not there ends at once and leaves no timer that keeps the process alive', async () => {
    const before = timers();
    expect(await run('/nowhere/sudo', ['true'], { timeoutSeconds: 600 })).toMatchObject({ code: undefined });
    expect(timers()).toBe(before);
  });

  it('that takes longer than it may is ended', async () => {
    const waiting = run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutSeconds: 0.1 });
    expect(await waiting).toMatchObject({ code: undefined });
  });
});

describe('a port', () => {
  it('is free, then taken', async () => {
    const [port = 0] = await freePorts(1);
    expect(await portState(port)).toBe('free');
    await using server = await holding(port);
    expect(server.listening).toBe(true);
    expect(await portState(port)).toBe('taken');
    expect((await portTaken(port, 'end it')).message).toContain(`Port ${port} is taken`);
  });

  it('that is taken names its holder', async () => {
    const [port = 0] = await freePorts(1);
    await using server = await holding(port);
    expect(server.listening).toBe(true);
    const holder = await findPortHolder(port);
    expect(describeHolder(holder)).toBe(`node (pid ${process.pid})`);
    expect(howToName(port, holder)).toBeUndefined();
  });

  it.runIf(process.platform === 'linux' && isRoot())(
    "that is held by another user's program says so, and how to find out which",
    async () => {
      const [port = 0] = await freePorts(1);
      await using server = await holding(port);
      expect(server.listening).toBe(true);
      const moduleUrl = JSON.stringify(new URL('./ports.ts', import.meta.url).href);
      const code = `const { portTaken } = await import(${moduleUrl});
        process.setuid(65534); const { message, fix } = await portTaken(${port}, 'end it'); console.log([message, fix].join('\\n'));`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
      expect(stdout.split('\n').slice(0, 2)).toEqual([
        `Port ${port} is taken by a program of the user root`,
        `end it (type sudo ss -ltnp 'sport = :${port}' to see which it is)`,
      ]);
    },
  );

  it('whose holder nobody knows is held by another program', () => {
    expect(describeHolder(undefined)).toBe('another program');
    expect(describeHolder({ user: undefined })).toBe('another program');
    expect(describeHolder({ user: 'ada' })).toBe('a program of the user ada');
    expect(userName(0)).toBe('root');
    expect(userName(4_294_900_001)).toBe('4294900001');
  });

  it('comes in as many different numbers as asked for, never the one that is spoken for', async () => {
    expect(new Set(await freePorts(8)).size).toBe(8);
    const [port = 0] = await freePorts(1);
    expect(await freePorts(8, port)).not.toContain(port);
    expect(await freePorts(8, port)).toHaveLength(8);
  });
});
