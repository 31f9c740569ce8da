import { goBack } from '../support/go-back.ts';
import type { Request } from '@playwright/test';
import { expect, type Page, test } from '../fixtures/test.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { NAVIGATION } from '../support/sign-in-over-http.ts';

/** Parameters that bind a login, and nothing else, wherever they stand in a text. */
const ANSWER = /[?&#](code|state|session_state|iss)=/;

/** Every page that a tab shows and keeps in its history; redirects are not among them. */
function watchHistory(page: Page): readonly string[] {
  const shown: string[] = [];
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) shown.push(frame.url());
  });
  return shown;
}

test('G-02 P-26 no request of a whole login tells the next address of a code or state', async ({
  page,
  onShop,
  onBlog,
  signInByForm,
}) => {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  const ada = await signInByForm('ada');
  await onBlog.open('/');
  await onBlog.expectGreeting(ada);
  await onShop.open('/');
  await onShop.signOutButton.click();
  await onShop.expectSignedOut();

  const withAnswer = requests.filter((request) => /\/auth\/(callback|logged-out)\?/.test(request.url()));
  expect(withAnswer.length, 'shop, blog and the way back of the sign-out').toBeGreaterThanOrEqual(3);
  const referers = await Promise.all(
    requests.map(async (request) => (await request.allHeaders())['referer']),
  );
  const known = referers.filter((referer) => referer !== undefined);
  expect(known.length).toBeGreaterThan(0);
  expect(known.filter((referer) => ANSWER.test(referer))).toEqual([]);
  expect(await page.evaluate(() => document.referrer)).not.toMatch(ANSWER);
});

test('G-02 P-29 the callback is no page that the back button could land on', async ({
  page,
  onShop,
  signInByForm,
  stack,
}) => {
  const shown = watchHistory(page);
  const ada = await signInByForm('ada');
  await onShop.open('/session');

  await goBack(page);
  await expect(page).toHaveURL(`${stack.origins.shop}/`);
  await onShop.expectGreeting(ada);
  await goBack(page);
  await page.waitForURL((url) => url.href !== `${stack.origins.shop}/`);

  expect(shown.filter((url) => url.includes('/auth/') || ANSWER.test(url))).toEqual([]);
  await onShop.open('/');
  await onShop.expectGreeting(ada);
});

const nowhere = [
  '/.env',
  '/.env.local',
  '/.env.production',
  '/.git/config',
  '/.git/HEAD',
  '/.next/BUILD_ID',
  '/.npmrc',
  '/api/debug',
  '/api/products.json',
  '/api',
  '/debug',
  '/metrics',
  '/package.json',
  '/next.config.ts',
  '/src/auth.ts',
  '/shop.sqlite',
  '/server-status',
  '/_next/server/middleware-manifest.json',
  '/_next/static/../../package.json',
  '/_next/static/%2e%2e/%2e%2e/package.json',
  '/__nextjs_original-stack-frame',
  '/_next/image?url=%2F.env&w=64&q=75',
];

/** Versions, files of the server, and lines of a stack. */
const SPILLED = /node_modules|\.[cm]?[jt]sx?:\d|\bat \S+ \(|next(\.js)?[ @/]v?\d|\/home\/|\/tmp\//i;

const ways = ({ origins, ports }: StackInfo, site: 'shop' | 'blog') => [
  origins[site],
  `http://127.0.0.1:${ports[site]}`,
];

for (const site of ['shop', 'blog'] as const) {
  test(`G-03 what nobody serves is not there at the ${site}, and tells of no version, path or stack`, async ({
    stack,
  }) => {
    for (const origin of ways(stack, site)) {
      for (const path of nowhere) {
        const answer = await send(origin, { path, headers: { accept: 'text/html' } });
        expect([400, 404], path).toContain(answer.status);
        for (const name of ['server', 'x-powered-by', 'x-nextjs-cache']) {
          expect(answer.headers.get(name), `${name} of ${path}`).toBeNull();
        }
        expect(SPILLED.exec(await answer.text())?.[0], path).toBeUndefined();
      }
    }
  });

  test(`P-26 P-18 the ${site}’s page about a login that failed is kept by nobody and names nobody`, async ({
    stack,
  }) => {
    const query =
      '?code=stolen&state=foreign&error=%3Cscript%3E&error_description=%3Cscript%3Ealert(1)%3C/script%3E';
    for (const origin of ways(stack, site)) {
      const answer = await send(origin, { path: `/auth/callback${query}`, headers: NAVIGATION });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      const page = await answer.text();
      expect(page).toContain('/auth/login');
      expect(page).not.toMatch(/<script|stolen|foreign/);
    }
  });
}
