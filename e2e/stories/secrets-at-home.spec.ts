import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { expect, type Page, test } from '../fixtures/test.ts';
import { type RecordedBody, recordBodies } from '../support/recorded-bodies.ts';
import { pushRoute } from '../support/router-fetch.ts';
import { SESSION, sessionsOf } from '../support/sealed-session.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { siteSecrets } from '../support/site-secrets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sites = ['shop', 'blog'] as const;
type SiteName = (typeof sites)[number];

/** Where a person goes at each site: each page once as a document and once by the router. */
const pagesOf = {
  shop: ['/', '/session', '/members', '/products/red-headlamp'],
  blog: ['/', '/session', '/notes/why-the-light-is-red'],
} as const;

/** What only servers know of a session and a site, by name: the name is what a failure prints. */
async function secretsOf(context: BrowserContext, stack: StackInfo, site: SiteName) {
  const cookies = await context.cookies(stack.origins[site]);
  const cookie = cookies.find(({ name }) => name === SESSION)?.value ?? '';
  const session = await (await sessionsOf(stack, site)).open(cookie);
  if (!session) throw new Error(`nobody is signed in at the ${site}`);
  const { accessToken, refreshToken = '', id, nonceHash = '' } = session;
  const { clientSecret, sessionKeys } = await siteSecrets(stack, site);
  const [, , signature = ''] = accessToken.split('.');
  const tokens = { 'access token': accessToken, signature, 'refresh token': refreshToken };
  const own = { cookie, 'session’s id': id, nonce: nonceHash, 'client secret': clientSecret };
  const secrets = { ...tokens, ...own, 'session key': sessionKeys.join() };
  for (const [name, value] of Object.entries(secrets)) expect(value.length, name).toBeGreaterThan(15);
  return secrets;
}

async function visitPages(page: Page, origin: string, paths: readonly string[], recorded: Recorded) {
  for (const path of paths) {
    await page.goto(origin + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  for (const path of paths) {
    const before = routerAnswers(recorded(), origin + path);
    await pushRoute(page, path);
    await expect(page).toHaveURL(origin + path);
    // The address may change before the answer has come whole.
    await expect.poll(() => routerAnswers(recorded(), origin + path)).toBeGreaterThan(before);
  }
}

type Recorded = () => readonly RecordedBody[];

const routerAnswers = (bodies: readonly RecordedBody[], address: string): number =>
  bodies.filter(({ type, url }) => type === 'text/x-component' && url.split('?')[0] === address).length;

const storageOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));

const kindsOf = (bodies: readonly RecordedBody[]) => new Set(bodies.map(({ type }) => type));

test('C-09 no token, key or secret of a session is in anything that a browser gets', async ({
  page,
  context,
  signInByForm,
  stack,
}) => {
  const recorded = await recordBodies(page);
  const ada = await signInByForm('ada');
  const stored: RecordedBody[] = [];
  for (const site of sites) {
    await visitPages(page, stack.origins[site], pagesOf[site], recorded);
    await page.goto(`${stack.origins[site]}/auth/session`);
    stored.push({ url: `the storage of ${site}`, type: 'storage', text: await storageOf(page) });
  }
  const bodies = [...recorded(), ...stored];

  expect(kindsOf(bodies)).toEqual(
    new Set(['text/html', 'text/x-component', 'application/json', 'application/javascript', 'storage']),
  );
  for (const type of ['text/html', 'text/x-component'])
    expect(
      bodies.some((body) => body.type === type && body.text.includes(ada.name)),
      type,
    ).toBe(true);
  for (const site of sites) {
    for (const [name, secret] of Object.entries(await secretsOf(context, stack, site))) {
      const holders = bodies.filter(({ text }) => text.includes(secret)).map(({ url }) => url);
      expect(holders, `${name} of the ${site}`).toEqual([]);
    }
  }
});

/** Words of server code: each is in a site's server build, and none may be in what a browser gets. */
const serverWords = ['oauth4webapi', 'A256GCM', 'code_verifier', 'client_secret', 'refresh_token'];

interface Script {
  readonly name: string;
  readonly text: string;
}

async function scriptsBelow(folder: string): Promise<readonly Script[]> {
  const entries = await readdir(folder, { recursive: true });
  const names = entries.filter((name) => name.endsWith('.js'));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

const buildOf = (site: SiteName, half: 'static' | 'server') => join(root, 'apps', site, '.next', half);

for (const site of sites) {
  test(`C-09 the ${site}’s build gives browsers no code of its server`, async () => {
    const [client, server] = [
      await scriptsBelow(buildOf(site, 'static')),
      await scriptsBelow(buildOf(site, 'server')),
    ];
    const found = (scripts: readonly Script[]) =>
      serverWords.filter((word) => scripts.some(({ text }) => text.includes(word)));
    expect(client.length).toBeGreaterThan(4);
    expect(found(server)).toEqual(serverWords);
    expect(found(client)).toEqual([]);
  });

  test(`C-09 G-03 no script of the ${site} has a source map`, async ({ stack }) => {
    const scripts = await scriptsBelow(buildOf(site, 'static'));
    const answers = scripts.map(async ({ name, text }) => {
      const address = `${stack.origins[site]}/_next/static/${name}`;
      expect(text, name).not.toContain('sourceMappingURL');
      return [(await send(address)).status, (await send(`${address}.map`)).status];
    });
    expect(await Promise.all(answers)).toEqual(scripts.map(() => [200, 404]));
  });
}
