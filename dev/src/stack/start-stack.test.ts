import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '@sso/domains';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCaddy } from '../caddy/find-caddy.ts';
import { applyLocalNetwork } from '../local-network.ts';
import { Failure } from '../terminal/failure.ts';
import type { Stack } from './stack.ts';
import type { StackEvent } from './events.ts';
import { stubApp, stubApps } from './stub-apps.ts';
import { startStack } from './start-stack.ts';

const root = mkdtempSync(join(tmpdir(), 'stack-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const start = (options: Partial<Parameters<typeof startStack>[0]> = {}): Promise<Stack> =>
  startStack({ mode: 'production', root, programs: stubApps, observe: () => {}, ...options });

const parse = (text: string): unknown => JSON.parse(text);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.skipIf(findCaddy() === undefined)('a stack', () => {
  const events: StackEvent[] = [];
  let stack: Stack;

  beforeAll(async () => {
    stack = await start({
      env: { ...process.env, npm_lifecycle_event: 'dev' },
      observe: (event) => events.push(event),
      appEnv: { shop: { EXTRA: 'yes' } },
      processes: { blog: 2 },
      clients: [{ client_id: 'foreign', client_secret: 'x' }],
    });
    applyLocalNetwork(stack.rootCertificate);
  });
  afterAll(() => stack.stop());

  const get = async (name: keyof Stack['origins'], path = '/'): Promise<string> =>
    (await fetch(stack.origins[name] + path)).text();

  it('pain 8: answers under every public name, over TLS that its own root vouches for', async () => {
    expect(await Promise.all([get('idp'), get('shop'), get('blog')])).toEqual([
      'idp ok',
      'shop ok',
      'blog ok',
    ]);
  });

  it('listens on loopback addresses with ports of its own', () => {
    const ports = [stack.httpsPort, ...Object.values(stack.ports)];
    expect(new Set(ports).size).toBe(4);
    expect(ports).not.toContain(apps.idp.port);
  });

  it('gives each app its addresses, secrets and database, and no word of the package manager', async () => {
    const env = parse(await get('shop', '/env'));
    expect(env).toMatchObject({
      BASE_URL: stack.origins.shop,
      ISSUER: stack.origins.idp,
      BLOG_URL: stack.origins.blog,
      CLIENT_ID: 'shop',
      CLIENT_SECRET: expect.stringMatching(/^[\w-]{43}$/),
      SESSION_KEYS: expect.stringMatching(/^[\w-]{43}$/),
      DATABASE_FILE: stack.files.databases.shop,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      EXTRA: 'yes',
    });
    expect(env).not.toHaveProperty('npm_lifecycle_event');
  });

  it('writes what the provider reads, for this person only', async () => {
    expect(parse(await get('idp', '/env'))).toMatchObject({
      ISSUER: stack.origins.idp,
      CLIENTS_FILE: stack.files.clients,
      USERS_FILE: stack.files.users,
      ACCESS_FILE: stack.files.access,
    });
    expect(parse(readFileSync(stack.files.clients, 'utf8'))).toMatchObject([
      { client_id: 'shop', redirect_uris: [`${stack.origins.shop}/auth/callback`] },
      { client_id: 'blog' },
      { client_id: 'foreign' },
    ]);
    const { clients, users, access, secrets, logs, accessLog } = stack.files;
    for (const file of [clients, users, access, secrets, logs.shop])
      expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(accessLog, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(stack.directory).mode & 0o777).toBe(0o700);
  });

  it('pain 6: lets one site reach another by its public name', async () => {
    await stack.restart('blog', { SIBLING: `${stack.origins.shop}/` });
    expect(await get('blog', '/sibling')).toBe('shop ok');
  });

  it('tells of an app that dies, with its last words, and can start it again', async () => {
    await fetch(`http://127.0.0.1:${stack.ports.shop}/crash`).catch(() => '');
    await expect
      .poll(() => events.find((event) => event.type === 'service.died'))
      .toMatchObject({
        name: 'shop',
        ending: { code: 3, asked: false, tail: ['shop listens', 'the sky is falling'] },
      });
    await stack.restart('shop');
    expect(await get('shop')).toBe('shop ok');
  });

  it('crashes one service on request without calling that a death', async () => {
    const before = events.filter((event) => event.type === 'service.died').length;
    await stack.stop('blog', 'SIGKILL');
    expect(stack.isRunning('blog')).toBe(false);
    expect((await fetch(stack.origins.blog)).status).toBe(502);
    await stack.restart('blog');
    expect(await get('blog')).toBe('blog ok');
    expect(events.filter((event) => event.type === 'service.died')).toHaveLength(before);
  });

  it('has room for a second one beside it, and leaves nothing running', async () => {
    const second = await start({ explorer: true });
    // This root has no apps/explorer, as a clone that removed it.
    expect(second.explorer).toBeUndefined();
    const pid = Number(await (await fetch(`http://127.0.0.1:${second.ports.shop}/pid`)).text());
    expect(second.directory).not.toBe(stack.directory);
    expect(second.spki()).not.toBe(stack.spki());
    expect(await get('shop')).toBe('shop ok');
    await second.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('shares the requests of an app between its processes', async () => {
    const pids = await Promise.all([get('blog', '/pid'), get('blog', '/pid')]);
    expect(new Set(pids).size).toBe(2);
    await stack.restart('blog');
    expect(pids.some((pid) => isAlive(Number(pid)))).toBe(false);
  });

  it('makes a service hang on request', async () => {
    stack.signal('idp', 'SIGSTOP');
    const late = fetch(stack.origins.idp, { signal: AbortSignal.timeout(300) });
    await expect(late).rejects.toThrow(/timeout/);
    stack.signal('idp', 'SIGCONT');
    expect(await get('idp')).toBe('idp ok');
  });

  it('that is told to stop while it starts leaves nothing running', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const starting = start({
      name: 'interrupted',
      signal: controller.signal,
      // Prints its pid, and never gets as far as answering.
      programs: {
        ...stubApps,
        shop: stubApp('shop', 'console.log(process.pid); setInterval(() => {}, 1000)'),
      },
      observe: (event) => {
        if (event.type !== 'service.line' || event.name !== 'shop') return;
        lines.push(event.line);
        controller.abort();
      },
    });
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    expect(lines).toHaveLength(1);
    expect(isAlive(Number(lines[0]))).toBe(false);
  });

  it('starts nothing when an app fails to start, and says why', async () => {
    const dying = stubApp('blog', 'console.error("no database here"); process.exit(1)');
    const failure = await start({ programs: { ...stubApps, blog: dying }, name: 'failing' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      message: 'blog ended with exit code 1 while starting',
      details: ['no database here'],
    });
  });

  it('forgets the folders of runs that are over', async () => {
    const folders = readdirSync(join(root, '.local', 'e2e'));
    expect(folders.every((name) => name.startsWith(`run-${process.pid}-`))).toBe(true);
    expect(existsSync(stack.directory)).toBe(true);
  });
});
