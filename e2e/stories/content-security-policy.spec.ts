import { expect, type Page, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { send } from '../support/send.ts';
import { FRESH, SESSION } from '../support/sealed-session.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const pages = [
  {
    site: 'shop',
    username: 'ada',
    paths: ['/', '/products/red-headlamp', '/members', '/cart', '/orders', '/session', '/nowhere'],
  },
  { site: 'blog', username: 'mira', paths: ['/', '/notes/dew', '/drafts', '/session', '/nowhere'] },
] as const;

/** A request's policy and the tags of the scripts in its document. */
async function scriptsOf(url: string, cookie: string) {
  const response = await send(url, { headers: { ...NAVIGATION, cookie } });
  const policy = response.headers.get('content-security-policy') ?? '';
  const tags = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
  return { policy, nonce: /'nonce-([0-9a-f]{32})'/.exec(policy)?.[1], tags };
}

for (const { site, username, paths } of pages) {
  test(`each script in a document of the ${site} has the nonce of that document, and none is allowed without`, async ({
    stack,
  }) => {
    const origin = stack.origins[site];
    const jar = createCookieJar();
    await signInOverHttp(jar, stack, site, username);
    const session = `${SESSION}=${jar.find(origin, SESSION)}`;
    for (const cookie of ['__Host-silent=1', session, `${session}; ${FRESH}=1`]) {
      for (const path of paths) {
        const { policy, nonce, tags } = await scriptsOf(origin + path, cookie);
        expect(policy, path).toMatch(/script-src 'nonce-[0-9a-f]{32}' 'strict-dynamic';/);
        expect(policy, path).not.toContain('unsafe');
        const without = tags.filter((tag) => !tag.includes(` nonce="${nonce}"`));
        expect(without, path).toEqual([]);
      }
    }
  });
}

/** Has a page report what its policy refuses, from the first script on. */
async function watchPolicy(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(globalThis, { refused });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, blockedURI }) =>
      refused.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  return () => page.evaluate<string[]>('globalThis.refused');
}

/** Looks from outside: what the page itself would evaluate, its policy refuses. */
async function waitForRouter(page: Page): Promise<void> {
  const hasRouter = () => page.evaluate('typeof window.next?.router?.push === "function"');
  await expect.poll(hasRouter).toBe(true);
}

for (const { site, paths } of pages) {
  test(`the pages of the ${site} run under their own policy: nothing of theirs is refused`, async ({
    page,
    stack,
  }) => {
    const refused = await watchPolicy(page);
    for (const path of paths.filter((one) => !/members|drafts|session|orders/.test(one))) {
      await page.goto(stack.origins[site] + path);
      await waitForRouter(page);
      expect(await refused(), path).toEqual([]);
    }
  });

  test(`P-18 a script that somebody got into a page of the ${site} does not run`, async ({ page, stack }) => {
    const refused = await watchPolicy(page);
    const injected = `<script>globalThis.ran = 'inline'</script>
      <script src="/injected.js"></script><img src="/nothing" onerror="globalThis.ran = 'handler'">`;
    await page.route('**/injected.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: "globalThis.ran = 'file'" }),
    );
    await page.route(`${stack.origins[site]}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', `${injected}</body>`);
      await route.fulfill({ response, body });
    });
    await page.goto(stack.origins[site]);
    await waitForRouter(page);
    await expect.poll(refused).toHaveLength(3);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
  });
}
