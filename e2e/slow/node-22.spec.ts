import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { people } from '@sso/dev';
import { originsOn } from '@sso/domains';
import { expect, test, type Page } from '@playwright/test';
import { installIn, makeClone } from '../support/clone.ts';
import { createCookieJar, visit } from '../support/cookie-jar.ts';
import { freePort } from '../support/free-port.ts';
import { trustLocalNetwork } from '../support/local-network.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { runCommand, startCommand } from '../support/start-command.ts';

/** The oldest Node that package.json promises, from a lockfile of its own: nobody else has to load it. */
function installOldestNode(): string {
  const folder = fileURLToPath(new URL('node-22', import.meta.url));
  installIn(folder, '--ignore-workspace');
  return join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
}

/** Opens a page and waits for `next dev`'s look at it, which comes a moment after the page: none of it is an error. */
async function expectNoReport(page: Page, address: string): Promise<void> {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const connected = page.waitForEvent('console', (message) => message.text().includes('[HMR] connected'));
  await page.goto(address);
  await connected;
  await page.reload();
  expect(errors).toEqual([]);
}

// The registry has this Node for Linux only; elsewhere the person's own Node runs the tests anyway.
test.skip(process.platform !== 'linux', 'the registry has this Node for Linux only');

test('a fresh clone on Node 22: every command, pnpm dev with a login, checkup and a second dev beside it', async ({
  browser,
}, testInfo) => {
  using clone = makeClone();
  const node = installOldestNode();
  const httpsPort = await freePort();
  const share = join(clone.folder, '.local', 'share');
  mkdirSync(share, { recursive: true });
  const env = {
    ...process.env,
    PATH: [dirname(node), process.env['PATH']].join(delimiter),
    HTTPS_PORT: String(httpsPort),
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    XDG_DATA_HOME: share,
  };
  const settings = { node, cwd: clone.folder, env };

  await test.step('every command says what it does', async () => {
    for (const name of ['main', 'checkup', 'trust', 'untrust', 'install-tools', 'idp'])
      expect(await runCommand([name, '--help'], settings)).toMatchObject({
        code: 0,
        printed: expect.not.stringContaining('ExperimentalWarning'),
      });
  });
  await test.step('checkup says Ready', async () => {
    const { code, printed } = await runCommand(['checkup'], settings);
    expect(printed).toMatch(/^✓ Node: 22\./);
    expect(printed).toMatch(/^Ready: pnpm dev$/m);
    expect(code).toBe(0);
  });

  const dev = startCommand(['main'], settings);
  try {
    await expect.poll(dev.printed, { timeout: 180_000 }).toContain('Ctrl-C ends everything.');
    trustLocalNetwork(join(share, 'one-login', 'caddy', 'pki', 'authorities', 'local', 'root.crt'));
    const origins = originsOn(httpsPort);
    await test.step('one login opens both sites', async () => {
      const jar = createCookieJar();
      await signInOverHttp(jar, { origins, people }, 'shop', 'ada');
      const page = await visit(jar, `${origins.shop}/session`, { headers: NAVIGATION });
      expect(await page.text()).toContain('Ada Marlowe');
    });
    await test.step('a browser gets pages without an error report', async () => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      for (const site of ['shop', 'blog'] as const) {
        await expectNoReport(page, origins[site]);
        expect(dev.printed(), site).not.toContain('Error:');
      }
      await context.close();
    });
    await test.step('checkup beside it says Ready', async () => {
      const { code, printed } = await runCommand(['checkup'], settings);
      expect(printed).toContain(`Ready: pnpm dev runs (pid ${dev.pid}, ${clone.folder})`);
      expect(code).toBe(0);
    });
    await test.step('a second one is told of the first', async () => {
      const { code, printed } = await runCommand(['main'], settings);
      expect(printed).toContain(
        `pnpm dev already runs (pid ${dev.pid}, ${clone.folder}): use it, or end it there`,
      );
      expect(code).toBe(1);
    });
    await test.step('Ctrl-C ends it', async () => {
      expect(await dev.end('SIGINT')).toBe(0);
      expect(dev.printed()).toContain('Ending everything');
    });
  } finally {
    await dev.end('SIGINT');
    await testInfo.attach('what pnpm dev printed', { body: dev.printed() });
  }
});
