import { createPerson } from '../support/person.ts';
import { expect, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { pushRoute, sendAsRouter } from '../support/router-fetch.ts';
import { SESSION } from '../support/sealed-session.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

type Headers = Readonly<Record<string, string>>;

const FETCH = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };

/** Requests for a page before a person opens it. */
const speculative: readonly (readonly [string, Headers])[] = [
  [
    'a link’s prefetch of the tree',
    { ...FETCH, rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  ],
  ['a link’s prefetch of the page', { ...FETCH, rsc: '1', 'next-router-prefetch': '1' }],
  ['a soft navigation', { ...FETCH, rsc: '1', 'next-url': '/' }],
  ['router.refresh()', { ...FETCH, rsc: '1' }],
  ['fetch() from a page', FETCH],
  ['speculation rules', { ...NAVIGATION, 'sec-purpose': 'prefetch' }],
  ['speculation rules that prerender', { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' }],
  [
    '<link rel=prefetch>',
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty', 'sec-purpose': 'prefetch' },
  ],
  ['an old Chrome’s prefetch', { ...NAVIGATION, purpose: 'prefetch' }],
  ['an old Firefox’s prefetch', { ...NAVIGATION, 'x-moz': 'prefetch' }],
  ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
];

test.describe('pain 10: no login or logout is started by', () => {
  for (const [what, headers] of speculative) {
    test(what, async ({ stack }) => {
      const { shop, idp } = stack.origins;
      const [login, logout, home, members] = await Promise.all(
        ['/auth/login?return_to=%2Fmembers', '/auth/logout', '/', '/members'].map((path) =>
          sendAsRouter(shop + path, { headers }),
        ),
      );
      expect(login?.status).toBe(401);
      expect(await login?.text()).toBe('');
      expect(logout?.status).toBe(405);
      for (const answer of [login, logout, home, members]) {
        expect(answer?.headers.getSetCookie()).toEqual([]);
        expect(answer?.headers.get('location') ?? '').not.toContain(idp);
      }
    });
  }
});

/** The kinds of prefetch that Next's `<Link>` knows: the tree, one segment, and the two that render at the server. */
const prefetches = [
  { 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/members/__PAGE__' },
  { 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/session/__PAGE__' },
  { 'next-router-prefetch': '1' },
  { 'next-router-prefetch': '2' },
  { 'next-router-prefetch': '3' },
];

test('C-07 nothing personal is prefetched: a browser would keep it before the person asked for the page', async ({
  stack,
}) => {
  const { shop } = stack.origins;
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  const cookie = `${SESSION}=${jar.find(shop, SESSION)}`;
  const { name } = createPerson(stack, 'ada');
  for (const prefetch of prefetches) {
    for (const path of ['/', '/members', '/session', '/products/red-headlamp']) {
      const headers = { ...FETCH, rsc: '1', 'next-url': '/', ...prefetch, cookie };
      const text = await (await sendAsRouter(shop + path, { headers })).text();
      const what = `${path} ${JSON.stringify(prefetch)}`;
      expect(text, what).not.toContain(name);
      expect(text, what).not.toMatch(/Your prices, side by side|Member price(?!s)|knows about you, and why/);
    }
  }
});

const isProduct = (url: string) => new URL(url).pathname.startsWith('/products/');

test('C-07 the links of a page prefetch nothing personal', async ({ page, onShop, signIn }) => {
  const person = await signIn('ada');
  const prefetched = new Map<string, string>();
  await page.route('**/*', async (route) => {
    if (!('next-router-prefetch' in route.request().headers())) return route.fallback();
    const response = await route.fetch();
    prefetched.set(route.request().url(), await response.text());
    return route.fulfill({ response });
  });
  await onShop.open('/');
  // Its page shows who is signed in, and that person's price. The router asks for the tree of segments, then for the page.
  await expect.poll(() => [...prefetched.keys()].filter(isProduct).length).toBeGreaterThan(1);
  for (const text of prefetched.values()) expect(text).not.toContain(person.name);
});

test.describe('pain 10: a signed-out click on a link', () => {
  test('to a protected page gets to the provider by a document navigation, and one login begins', async ({
    page,
    onShop,
    stack,
  }) => {
    await onShop.open('/');
    await onShop.expectSignedOut();
    const atProvider: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === stack.origins.idp && !pathname.startsWith('/assets/'))
        atProvider.push(`${request.method()} ${request.resourceType()} ${pathname.split('/')[1]}`);
    });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/CORS|Failed to fetch RSC/.test(message.text())) complaints.push(message.text());
    });

    await pushRoute(page, '/members');

    await expect(page.getByLabel('Username')).toBeVisible();
    expect(atProvider).toEqual(['GET document authorize', 'GET document sign-in']);
    expect(complaints).toEqual([]);
  });

  test('and back: the person is where the link led', async ({ page, onShop, stack }) => {
    await onShop.open('/');
    await pushRoute(page, '/members');
    await createPerson(stack, 'ada').fillSignIn(page);
    await expect(page).toHaveURL(`${stack.origins.shop}/members`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Your prices');
  });
});
