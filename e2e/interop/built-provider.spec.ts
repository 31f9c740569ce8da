import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { startProviderProcess } from '../support/provider-process.ts';

const built = fileURLToPath(new URL('../../apps/idp/dist', import.meta.url));

/** The build in a folder far from the workspace, with nothing around it. */
const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'built-provider-'));
    cpSync(built, folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

test('the build of the provider runs without the workspace, and serves its pages with their style', async ({
  folder,
}) => {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
  const env = { ISSUER: issuer, PORT: String(port), DATABASE_URL: databaseUrl };
  const running = await startProviderProcess(env, join(folder, 'bin', 'main.mjs'));

  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({ issuer });
  const page = await (await fetch(`${issuer}/no-such-page`)).text();
  const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1];
  expect(await (await fetch(`${issuer}${stylesheet}`)).text()).toContain('--ink-muted');

  running.kill('SIGTERM');
  const [code]: unknown[] = await once(running, 'exit');
  expect(code).toBe(0);
});

test('its command line comes with it', async ({ folder }) => {
  const env = { DATABASE_URL: `file:${join(folder, 'idp.sqlite')}` };
  const idp = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'bin', 'idp.mjs'), ...args], { env, encoding: 'utf8' });
  expect(idp('--help').stdout).toContain('users');
  expect(idp('clients', 'list')).toMatchObject({ status: 0 });
});
