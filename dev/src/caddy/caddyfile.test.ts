import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appList, apps, DEFAULT_HTTPS_PORT, explorer } from '@sso/domains';
import { afterAll, describe, expect, it } from 'vitest';
import { caddyEnvironment, caddyfile, upstreamVariable } from './environment.ts';
import { findCaddy } from './find-caddy.ts';
import { redact, secretParameters } from './secret-parameters.ts';

const folder = mkdtempSync(join(tmpdir(), 'caddyfile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const execute = promisify(execFile);
const base = {
  PATH: process.env['PATH'],
  HOME: folder,
  CADDY_ACCESS_LOG: join(folder, 'access.log'),
  CADDY_STORAGE: folder,
};

async function caddy(command: 'adapt' | 'validate', env: Record<string, string> = {}): Promise<unknown> {
  const args = [command, '--config', caddyfile, '--adapter', 'caddyfile'];
  const { stdout } = await execute(findCaddy() ?? 'caddy', args, { env: { ...base, ...env } });
  return command === 'adapt' ? JSON.parse(stdout) : undefined;
}

/** Every value of a key, at any depth. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}

describe.skipIf(findCaddy() === undefined)('the Caddyfile', () => {
  it('is valid', async () => {
    await expect(caddy('validate')).resolves.toBeUndefined();
  });

  it('has by default the hosts and ports of packages/domains, on loopback addresses', async () => {
    const config = await caddy('adapt');
    const hosts = valuesOf(config, 'host').flat();
    expect(new Set(hosts)).toEqual(new Set(appList.map(({ host }) => host)));
    expect(new Set(valuesOf(config, 'dial'))).toEqual(
      new Set(appList.map(({ port }) => `127.0.0.1:${port}`)),
    );
    expect(valuesOf(config, 'listen').flat()).toEqual([
      `127.0.0.1:${DEFAULT_HTTPS_PORT}`,
      `[::1]:${DEFAULT_HTTPS_PORT}`,
    ]);
  });

  it('sends each host to its own app', async () => {
    const config = await caddy('adapt');
    for (const { host, port } of appList) {
      const routes = valuesOf(config, 'routes')
        .flat()
        .filter((route) => valuesOf(route, 'match').length > 0);
      const own = routes.filter((route) => JSON.stringify(valuesOf(route, 'match')).includes(`["${host}"]`));
      expect(own.flatMap((route) => valuesOf(route, 'dial'))).toContain(`127.0.0.1:${port}`);
      expect(own.flatMap((route) => valuesOf(route, 'dial'))).toHaveLength(1);
    }
  });

  it('takes ports, addresses and folders from the environment, several addresses for one app too', async () => {
    const ports = { idp: 1, shop: 2, blog: 3 };
    const env = await caddyEnvironment({
      httpsPort: 9443,
      ports,
      storage: '/s',
      accessLog: '/l/a.log',
      home: folder,
    });
    const config = await caddy('adapt', { ...env, [upstreamVariable('shop')]: '127.0.0.1:2 127.0.0.1:22' });
    expect(new Set(valuesOf(config, 'dial'))).toEqual(
      new Set(['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:22', '127.0.0.1:3']),
    );
    expect(valuesOf(config, 'listen').flat()).toContain('127.0.0.1:9443');
    expect(valuesOf(config, 'storage')).toEqual([{ module: 'file_system', root: '/s' }]);
    expect(new Set(valuesOf(config, 'filename'))).toEqual(new Set(['/l/a.log']));
  });

  it('serves the explorer where it is asked for, and filters its log as any other', async () => {
    const settings = { httpsPort: 9443, ports: { idp: 1, shop: 2, blog: 3 }, storage: '/s', home: folder };
    const env = await caddyEnvironment({ ...settings, accessLog: '/l/a.log', explorerPort: 4 });
    const config = await caddy('adapt', env);
    expect(valuesOf(config, 'host').flat()).toContain(explorer.host);
    expect(valuesOf(config, 'dial')).toContain('127.0.0.1:4');
    expect(valuesOf(config, 'request>uri').length).toBe(valuesOf(config, 'writer').length);
    expect(valuesOf(config, 'request>headers>Cookie')).toHaveLength(valuesOf(config, 'writer').length);
  });

  it('X-17 has no admin endpoint and never touches the system’s trust', async () => {
    const config = await caddy('adapt');
    expect(valuesOf(config, 'admin')).toEqual([{ disabled: true }]);
    expect(valuesOf(config, 'install_trust')).toEqual([false]);
  });

  it('G19 knows every parameter that no log may show, in every log', async () => {
    const config = await caddy('adapt');
    const filters = valuesOf(config, 'request>uri');
    expect(filters.length).toBe(valuesOf(config, 'writer').length);
    for (const filter of filters) {
      expect(new Set(valuesOf(filter, 'parameter'))).toEqual(new Set(secretParameters));
    }
  });

  it('calls each site by its title where an app does not answer', () => {
    const text = readFileSync(caddyfile, 'utf8');
    for (const { title } of Object.values(apps)) expect(text).toContain(title);
  });
});

describe('a line of a log', () => {
  it.each(secretParameters)('G19 does not show %s', (name) => {
    expect(redact(`GET /a?x=1&${name}=SECRET&y=2 200`)).toBe(`GET /a?x=1&${name}=…&y=2 200`);
    expect(redact(`"/a?${name}=SECRET" 200`)).not.toContain('SECRET');
  });

  it('shows everything else', () => {
    expect(redact('GET /products?sort=code&encode=1 200')).toBe('GET /products?sort=code&encode=1 200');
  });
});
