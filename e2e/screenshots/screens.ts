import { fileURLToPath } from 'node:url';
import { createSite } from '../fixtures/site.ts';
import { type Page, signInAt, test } from '../fixtures/test.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { placeOrderAs } from '../support/shop-orders.ts';

/** A picture: who sees what, and how. */
interface Screen {
  readonly name: string;
  readonly site: 'shop' | 'blog';
  readonly username: string;
  readonly colorScheme: 'light' | 'dark';
  readonly open: (page: Page, stack: StackInfo) => Promise<unknown>;
}

const screens: readonly Screen[] = [
  {
    name: 'shop-own-price',
    site: 'shop',
    username: 'ada',
    colorScheme: 'light',
    open: (page, { origins }) => page.goto(`${origins.shop}/products/red-headlamp`),
  },
  {
    name: 'shop-refund',
    site: 'shop',
    username: 'sol',
    colorScheme: 'dark',
    open: async (page, stack) => {
      const id = await placeOrderAs(stack, 'ben', 'planisphere');
      await page.goto(`${stack.origins.shop}/orders/${id}`);
    },
  },
  {
    name: 'blog-note',
    site: 'blog',
    username: 'ada',
    colorScheme: 'dark',
    open: async (page, stack) => {
      await placeOrderAs(stack, 'ada', 'flask');
      await page.goto(`${stack.origins.blog}/notes/dew-is-a-matter-of-view`);
    },
  },
  {
    name: 'blog-draft',
    site: 'blog',
    username: 'noor',
    colorScheme: 'light',
    open: async (page, { origins }) => {
      await page.goto(`${origins.blog}/drafts/new`);
      await page.getByLabel('Title').fill('A lamp for the field');
      await page.getByLabel('Topic').fill('The eye');
      await page.getByLabel('Summary').fill('Which one to take along, and why it is red.');
      await page.getByLabel('Text').fill('Take a [red lamp](shop:red-headlamp), and keep it *dim*.');
    },
  },
  {
    name: 'blog-ways',
    site: 'blog',
    username: 'ada',
    colorScheme: 'light',
    open: (page, { origins }) => page.goto(`${origins.blog}/ways?way=on-behalf-of`),
  },
  {
    name: 'idp-access',
    site: 'shop',
    username: 'sol',
    colorScheme: 'dark',
    open: (page, { origins }) => page.goto(`${origins.idp}/account/access`),
  },
];

for (const { name, site, username, colorScheme, open } of screens) {
  test(name, async ({ page, stack }) => {
    await page.setViewportSize({ width: 1180, height: 820 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await signInAt(createSite(page, stack.origins[site]), stack, username);
    await open(page, stack);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const path = fileURLToPath(new URL(`../../docs/screens/${name}.png`, import.meta.url));
    await page.screenshot({ path, animations: 'disabled' });
  });
}
