import { createPerson } from '../support/person.ts';
import { createSite } from '../fixtures/site.ts';
import { expect, type Page, test as shared } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { goBack } from '../support/go-back.ts';
import { pushRoute, sendAsRouter } from '../support/router-fetch.ts';
import { FRESH, SESSION } from '../support/sealed-session.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

/** Playwright switches the back/forward cache off; people's browsers have it. */
const test = shared.extend<object, object>({
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
});

const ROUTER = { rsc: '1', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

const kinds = [
  ['a document', NAVIGATION, false],
  ['a fetch of the router', ROUTER, false],
  ['a document while nothing is due', NAVIGATION, true],
  ['a fetch of the router while nothing is due, which proxy.ts does not see', ROUTER, true],
] as const;

const pages = [
  {
    site: 'shop',
    username: 'ada',
    paths: ['/', '/session', '/members', '/cart', '/orders', '/products/red-headlamp'],
  },
  { site: 'blog', username: 'mira', paths: ['/', '/session', '/drafts', '/notes/drawing-jupiter'] },
] as const;

for (const { site, username, paths } of pages) {
  test(`C-07 X-06 what the ${site} shows to a person is kept by no cache, shared or the browser’s`, async ({
    stack,
  }) => {
    const origin = stack.origins[site];
    const jar = createCookieJar();
    await signInOverHttp(jar, stack, site, username);
    const session = `${SESSION}=${jar.find(origin, SESSION)}`;
    const { name } = createPerson(stack, username);
    for (const [kind, headers, isFresh] of kinds) {
      const cookie = isFresh ? `${session}; ${FRESH}=1` : session;
      for (const path of paths) {
        const what = `${path} as ${kind}`;
        const answer = await sendAsRouter(origin + path, { headers: { ...headers, cookie } });
        expect(answer.status, what).toBe(200);
        expect(await answer.text(), `${what} knows the person`).toContain(name);
        expect(answer.headers.get('cache-control'), what).toMatch(/^private\b.*\bno-store\b/);
        expect(answer.headers.get('vary'), what).toMatch(/\bcookie\b/i);
      }
    }
  });
}

/** How a tab leaves the page that it comes back to. */
const leaving: readonly (readonly [string, (page: Page, blog: string) => Promise<unknown>])[] = [
  ['by another site', (page, blog) => page.goto(`${blog}/notes/ten-by-fifty`)],
  ['by another document of the site', (page) => page.goto(new URL('/products/star-atlas', page.url()).href)],
  ['by a soft navigation', (page) => pushRoute(page, '/products/star-atlas')],
];

for (const [how, leave] of leaving) {
  test(`C-07 pain 5: signed out in one tab, the back button of another that left ${how} shows no name`, async ({
    page,
    context,
    onShop,
    signIn,
    stack,
  }) => {
    const { name } = await signIn('ada');
    await onShop.open('/session');
    await expect(page.getByRole('main')).toContainText(name);
    await leave(page, stack.origins.blog);
    await expect(page).not.toHaveURL(/\/session$/);

    const other = createSite(await context.newPage(), stack.origins.shop);
    await other.open('/');
    await other.signOutButton.click();
    await other.expectSignedOut();
    // A tab of the same site hears of it and loads anew, which would call off a way back that has just begun.
    if (new URL(page.url()).origin === stack.origins.shop) await onShop.expectSignedOut();
    await goBack(page);

    await expect(page.getByLabel('Username')).toBeVisible();
    await expect(page.getByText(name)).toHaveCount(0);
  });
}
