import { type Page, signInAt, test } from '../fixtures/test.ts';
import { expectNoAxeViolationInLightAndDark, expectNoSidewaysScrolling } from '../support/accessible.ts';
import { createSite } from '../fixtures/site.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { placeOrderAs } from '../support/shop-orders.ts';

/** A page of the shop: who sees it, and the way there. */
interface ShopPage {
  readonly name: string;
  /** Nobody is signed in without. */
  readonly username?: string;
  readonly open: (page: Page, stack: StackInfo) => Promise<unknown>;
}

const at =
  (path: string) =>
  (page: Page, { origins }: StackInfo) =>
    page.goto(origins.shop + path);

async function openFilledCart(page: Page, stack: StackInfo): Promise<void> {
  await at('/products/planisphere')(page, stack);
  await page.getByRole('button', { name: 'Add to the cart' }).click();
  await page.waitForURL(/\/cart$/);
}

async function openOrder(page: Page, stack: StackInfo): Promise<void> {
  await page.goto(`${stack.origins.shop}/orders/${await placeOrderAs(stack, 'ada', 'planisphere')}`);
}

const pages: readonly ShopPage[] = [
  { name: 'a product', open: at('/products/planisphere') },
  { name: 'the empty cart', open: at('/cart') },
  { name: 'the cart of a visitor', open: openFilledCart },
  { name: 'the cart of somebody who may order', username: 'ben', open: openFilledCart },
  { name: 'the cart of somebody who may not', username: 'theo', open: openFilledCart },
  {
    name: 'one’s own orders',
    username: 'ada',
    open: async (page, stack) => {
      await placeOrderAs(stack, 'ada', 'planisphere');
      await at('/orders')(page, stack);
    },
  },
  { name: 'one’s own order', username: 'ada', open: openOrder },
  { name: 'everybody’s orders', username: 'sol', open: at('/support') },
  { name: 'an order for support', username: 'sol', open: openOrder },
  { name: 'a page that says no', username: 'theo', open: at('/orders') },
];

for (const { name, username, open } of pages) {
  test(`${name}: no axe violation in light and dark, and no sideways scrolling at 360 px`, async ({
    page,
    stack,
  }) => {
    if (username !== undefined) await signInAt(createSite(page, stack.origins.shop), stack, username);
    await open(page, stack);
    await expectNoAxeViolationInLightAndDark(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
  });
}
