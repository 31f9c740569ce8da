import type { Stack } from '@sso/dev';
import { expect, type Page, test as shared } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { trustLocalNetwork } from '../support/local-network.ts';
import { createPerson } from '../support/person.ts';
import { pushRoute, sendAsRouter } from '../support/router-fetch.ts';
import { FRESH, SESSION } from '../support/sealed-session.ts';
import { send } from '../support/send.ts';
import { stackInfoOf } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { buildNewApp } from './new-app.ts';
import { startNewAppStack } from './new-app-stack.ts';

/** What the stack and the stories need beside the README's blocks. */
const files = {
  'app/healthz/route.ts': `export const GET = () => new Response('ok');`,
  'app/links/page.tsx': `
    import Link from 'next/link';
    export default function Links() {
      return <main><h1>Links</h1><Link href="/orders">To the orders</Link></main>;
    }`,
  // It guards itself, and proxy.ts does not name it.
  'app/forgotten/page.tsx': `
    import { Suspense } from 'react';
    import { requireSession } from '@/auth';
    export default function Forgotten() {
      return <main><h1>Forgotten</h1><Suspense><Secret /></Suspense></main>;
    }
    async function Secret() {
      const session = await requireSession('/forgotten');
      return <p>A secret of {session.user.name}</p>;
    }`,
};

/** What the new app printed. */
const lines: string[] = [];

const test = shared.extend<object, { running: Stack }>({
  running: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const app = buildNewApp(files);
      const stack = await startNewAppStack(app, (line) => lines.push(line));
      await use(stack);
      await stack.stop();
      app.remove();
    },
    { scope: 'worker', timeout: 900_000 },
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

const ROUTER = { rsc: '1', 'next-url': '/links', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

const signOutButton = (page: Page) => page.getByRole('button', { name: 'Sign out' });
const signInLink = (page: Page) => page.getByRole('link', { name: 'Sign in' });

test.describe('the app of create-next-app@latest, built from the README’s blocks as they stand', () => {
  test('signs in and out, and the back button shows no name afterwards', async ({ page, stack }) => {
    const { shop } = stack.origins;
    const ada = createPerson(stack, 'ada');
    await page.goto(`${shop}/links`);
    await signInLink(page).click();
    await ada.fillSignIn(page);
    await expect(page).toHaveURL(`${shop}/links`);
    await expect(signOutButton(page)).toBeVisible();
    await page.getByRole('link', { name: 'To the orders' }).click();
    await expect(page.getByText(`Orders of ${ada.name}`)).toBeVisible();
    await signOutButton(page).click();
    await expect(signInLink(page)).toBeVisible();
    await page.evaluate('history.back()');
    await expect(page.getByText(ada.name)).toHaveCount(0);
  });

  test('a visitor’s document of a guarded page is redirected at once with a real status', async ({
    stack,
  }) => {
    const { shop } = stack.origins;
    for (const cookie of ['', `${FRESH}=1`, `${SESSION}=a.b.c.d; ${FRESH}=1`]) {
      for (const path of ['/orders', '/orders/7?page=2']) {
        const answer = await send(shop + path, { headers: { ...NAVIGATION, cookie } });
        expect(answer.status).toBe(303);
        expect(answer.headers.get('location')).toBe(
          `${shop}/auth/login?return_to=${encodeURIComponent(path)}`,
        );
        expect(await answer.text()).not.toContain('<');
      }
    }
  });

  test('a guarded page that proxy.ts does not name still guards itself', async ({ page, stack }) => {
    const { shop } = stack.origins;
    const answer = await send(`${shop}/forgotten`, { headers: NAVIGATION });
    expect(await answer.text()).not.toContain('A secret of');
    await page.goto(`${shop}/forgotten`);
    await createPerson(stack, 'ada').fillSignIn(page);
    await expect(page.getByText(`A secret of ${createPerson(stack, 'ada').name}`)).toBeVisible();
  });

  test('a visitor’s soft navigation is redirected by what the page answers, and one login begins', async ({
    page,
    stack,
  }) => {
    await page.goto(`${stack.origins.shop}/links`);
    await expect(signInLink(page)).toBeVisible();
    await pushRoute(page, '/orders');
    await createPerson(stack, 'ada').fillSignIn(page);
    await expect(page).toHaveURL(`${stack.origins.shop}/orders`);
  });

  test('nothing personal is prerendered or prefetched', async ({ stack }) => {
    const { shop } = stack.origins;
    const jar = createCookieJar();
    await signInOverHttp(jar, stack, 'shop', 'ada');
    const cookie = `${SESSION}=${jar.find(shop, SESSION)}; ${FRESH}=1`;
    const { name } = createPerson(stack, 'ada');
    const segments = ['/_tree', '/orders/__PAGE__', '/forgotten/__PAGE__'];
    const kinds = [
      ...segments.map((segment) => ({
        'next-router-prefetch': '1',
        'next-router-segment-prefetch': segment,
      })),
      ...['1', '2', '3'].map((kind) => ({ 'next-router-prefetch': kind })),
    ];
    for (const kind of kinds) {
      for (const path of ['/links', '/orders', '/forgotten']) {
        const answer = await sendAsRouter(shop + path, { headers: { ...ROUTER, ...kind, cookie } });
        expect(await answer.text(), `${path} ${JSON.stringify(kind)}`).not.toContain(name);
      }
    }
    const page = await sendAsRouter(`${shop}/orders`, { headers: { ...ROUTER, cookie } });
    expect(await page.text()).toContain(name);
  });

  test('the session streams in without a flash of the signed-out parts, and nothing moves', async ({
    page,
    stack,
  }) => {
    const { shop } = stack.origins;
    await page.goto(`${shop}/auth/login?return_to=%2Flinks`);
    await createPerson(stack, 'ada').fillSignIn(page);
    await expect(signOutButton(page)).toBeVisible();
    await page.addInitScript(watchFirstSeconds);
    await page.reload();
    await expect(signOutButton(page)).toBeVisible();
    await page.waitForFunction('typeof window.next?.router?.push === "function"');
    expect(await page.evaluate('globalThis.seen')).toEqual({ shift: 0, signIn: false });
  });

  test('the server complains of nothing', () => {
    expect(lines.filter((line) => /error|warn|unstable|prerender/i.test(line))).toEqual([]);
  });
});

/** Notes layout shifts, and whether a way to sign in ever stood on the page. */
function watchFirstSeconds(): void {
  const seen = { shift: 0, signIn: false };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += 'value' in entry ? Number(entry.value) : 0;
  }).observe({ type: 'layout-shift', buffered: true });
  new MutationObserver(() => {
    seen.signIn ||= document.querySelector('header a[href^="/auth/login"]') !== null;
  }).observe(document, { childList: true, subtree: true });
}
