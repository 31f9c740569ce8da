import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { findInstallation } from './packages.ts';
import { findProgram } from './find-program.ts';
import { findPortHolder, freePorts, portState, requireFreePort } from './ports.ts';
import { isRoot, shellLine } from './privileges.ts';
import { requireTool } from './require-tool.ts';

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

describe('a port', () => {
  it('is free, then taken', async () => {
    const [port = 0] = await freePorts(1);
    expect(await portState(port)).toBe('free');
    await using server = await holding(port);
    expect(server.listening).toBe(true);
    expect(await portState(port)).toBe('taken');
    await expect(requireFreePort(port, 'end it')).rejects.toThrow(`Port ${port} is taken`);
  });

  it.runIf(findProgram('lsof') !== undefined)('that is taken names its holder', async () => {
    const [port = 0] = await freePorts(1);
    await using server = await holding(port);
    expect(server.listening).toBe(true);
    expect(await findPortHolder(port)).toBe(`node (pid ${process.pid})`);
  });

  it('comes in as many different numbers as asked for', async () => {
    expect(new Set(await freePorts(8)).size).toBe(8);
  });
});
