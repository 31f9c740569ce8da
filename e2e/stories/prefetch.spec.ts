import { createPerson } from '../support/person.ts';
import { expect, test } from '../fixtures/test.ts';
import { pushRoute, sendAsRouter } from '../support/router-fetch.ts';
import { NAVIGATION } from '../support/sign-in-over-http.ts';

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
