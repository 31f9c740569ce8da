import { startStack, type Stack } from '@sso/dev';
import { expect, test as shared } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { addresses, guardedPages, leaks } from '../support/guarded-pages.ts';
import { trustLocalNetwork } from '../support/local-network.ts';
import { stackInfoOf } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { buildCopy } from './app-copy.ts';
import { ACTION_SECRET, HANDLER_SECRET, probeFiles } from './probe-files.ts';

/** A stack whose sites were built without proxy.ts. */
const test = shared.extend<object, { running: Stack }>({
  running: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const without = ['src/proxy.ts'];
      const [shop, blog] = [
        buildCopy('shop', { without, files: probeFiles }),
        buildCopy('blog', { without }),
      ];
      const programs = { shop: shop.start, blog: blog.start };
      const stack = await startStack({ mode: 'production', name: 'e2e-without-proxy', programs });
      await use(stack);
      await stack.stop();
      shop.remove();
      blog.remove();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  stack: [
    async ({ running }, use) => {
      const stack = stackInfoOf(running);
      trustLocalNetwork(stack.rootCertificate);
      await use(stack);
    },
    { scope: 'worker' },
  ],
});

const ROUTER = { rsc: '1', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

const SIGNED_OUT = [NAVIGATION, ROUTER, {}, { ...NAVIGATION, cookie: '__Host-fresh=1' }];

test.describe('G23: with proxy.ts removed', () => {
  test('every protected page opens to a person and to nobody else', async ({ stack }) => {
    expect(await leaks(stack, SIGNED_OUT)).toEqual([]);
    for (const page of guardedPages) {
      const jar = createCookieJar();
      await signInOverHttp(jar, stack, page.site, page.username);
      const answer = await visit(jar, stack.origins[page.site] + page.path, { headers: NAVIGATION });
      expect(await answer.text()).toMatch(page.secret);
    }
  });

  for (const [what, rewrite] of addresses) {
    test(`no protected page answers at ${what}`, async ({ stack }) => {
      expect(await leaks(stack, SIGNED_OUT, rewrite)).toEqual([]);
    });
  }

  test('a guarded route handler answers 401, and to a foreign page’s write 403', async ({ stack }) => {
    const { shop } = stack.origins;
    const url = `${shop}/probe/handler`;
    const jar = createCookieJar();
    for (const outgoing of [{}, { method: 'POST', headers: { origin: shop } }]) {
      const answer = await visit(jar, url, outgoing);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(HANDLER_SECRET);
    }
    await signInOverHttp(jar, stack, 'shop', 'ada');
    const foreign = await visit(jar, url, {
      method: 'POST',
      headers: { origin: 'https://attacker.example' },
    });
    expect(foreign.status).toBe(403);
    const answer = await visit(jar, url);
    expect(await answer.text()).toBe(HANDLER_SECRET);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  test('a guarded Server Action runs on no path for nobody', async ({ stack }) => {
    const { shop } = stack.origins;
    const jar = createCookieJar();
    const id = await actionId(shop);
    expect(id).toMatch(/^[0-9a-f]{40,}$/);
    const refused = await runAction(`${shop}/probe`, id, jar);
    expect(refused.headers.get('x-action-redirect')).toContain('/auth/login');
    expect(await refused.text()).not.toContain(ACTION_SECRET);
    // For an action that a page does not have, Next sends a request to itself.
    for (const path of ['/', '/members', '/session', '/healthz', '/auth/login']) {
      expect(await (await runAction(shop + path, id, jar)).text()).not.toContain(ACTION_SECRET);
    }
    await signInOverHttp(jar, stack, 'shop', 'ada');
    expect(await (await runAction(`${shop}/probe`, id, jar)).text()).toContain(ACTION_SECRET);
  });
});

/** The action's id, as the page's form carries it. */
async function actionId(shop: string): Promise<string> {
  const page = await (await visit(createCookieJar(), `${shop}/probe`)).text();
  return /\$ACTION_ID_([0-9a-f]+)/.exec(page)?.[1] ?? '';
}

function runAction(url: string, id: string, jar: CookieJar): Promise<Response> {
  const headers = {
    'next-action': id,
    'content-type': 'text/plain;charset=UTF-8',
    accept: 'text/x-component',
    origin: new URL(url).origin,
  };
  return visit(jar, url, { method: 'POST', headers, body: '[]' });
}
