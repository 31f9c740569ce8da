import { createSite } from '../fixtures/site.ts';
import { expect, type Page, signInAt, signInByForm, test } from '../fixtures/test.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { createPerson } from '../support/person.ts';
import { SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { placeOrderAs } from '../support/shop-orders.ts';

const main = (page: Page) => page.getByRole('main');
const cartLink = (page: Page, count: number) =>
  page.getByRole('banner').getByRole('link', { name: count === 0 ? 'Cart' : `Cart (${count})`, exact: true });

/** By its role: the router keeps the page before, hidden. */
const quantity = (page: Page) => page.getByRole('spinbutton', { name: /^How many of/ });

async function putIntoCart(page: Page, shop: string, slug: string, count = 1): Promise<void> {
  await page.goto(`${shop}/products/${slug}`);
  await quantity(page).fill(String(count));
  await page.getByRole('button', { name: 'Add to the cart' }).click();
  await expect(page).toHaveURL(`${shop}/cart`);
}

/** As if the person had signed in this long ago, here and for this site alone. */
async function ageSignIn(page: Page, stack: StackInfo, seconds: number): Promise<void> {
  const origin = stack.origins.shop;
  const sessions = await sessionsOf(stack, 'shop');
  const jar = createCookieJar();
  for (const { name, value } of await page.context().cookies(origin)) jar.put(origin, name, value);
  await sessions.change(jar, ({ claims }) => ({
    claims: { ...claims, auth_time: Math.floor(Date.now() / 1000) - seconds },
  }));
  const value = jar.find(origin, SESSION) ?? '';
  const flags = { secure: true, httpOnly: true, sameSite: 'Lax' } as const;
  await page.context().addCookies([{ name: SESSION, value, url: origin, ...flags }]);
}

test.describe('a customer', () => {
  test('fills the cart, signs in, finds it as it was with their own prices, and orders', async ({
    page,
    stack,
    onShop,
  }) => {
    const { shop } = stack.origins;
    const ada = createPerson(stack, 'ines');
    await putIntoCart(page, shop, 'planisphere', 2);
    await expect(cartLink(page, 2)).toBeVisible();
    await main(page).getByRole('link', { name: 'Sign in to order' }).click();
    await ada.fillSignIn(page);
    await onShop.expectGreeting(ada);
    await expect(page).toHaveURL(`${shop}/cart`);
    await expect(quantity(page)).toHaveValue('2');
    await expect(main(page)).toContainText('as a member');

    await page.getByRole('button', { name: /^Order for/ }).dblclick();
    await expect(page.getByRole('heading', { name: /^Order / })).toBeVisible();
    await expect(main(page)).toContainText('It is ordered');
    await expect(cartLink(page, 0)).toBeVisible();
    const address = page.url();

    await page.getByRole('banner').getByRole('link', { name: 'Orders' }).click();
    const orders = main(page).getByRole('listitem').filter({ hasText: '2 × ' });
    await expect(orders.filter({ hasText: address.split('/').at(-1) ?? 'no id' })).toHaveCount(1);
  });

  test('keeps both where there is a cart of theirs already', async ({ page, stack, browser, onShop }) => {
    const { shop } = stack.origins;
    await signInAt(onShop, stack, 'wolfeschlegelsteinhausenbergerdorff');
    await putIntoCart(page, shop, 'wool-blanket');
    const context = await browser.newContext();
    const other = await context.newPage();
    await putIntoCart(other, shop, 'flask', 2);
    await signInAt(createSite(other, shop), stack, 'wolfeschlegelsteinhausenbergerdorff');
    await expect(cartLink(other, 3)).toBeVisible();
    await page.goto(`${shop}/cart`);
    await expect(cartLink(page, 3)).toBeVisible();
    for (const name of [/Remove .*blanket/i, /Remove .*flask/i]) {
      await page.getByRole('button', { name }).click();
      await expect(page.getByRole('button', { name })).toHaveCount(0);
    }
    await expect(main(page)).toContainText('Nothing in the bag yet');
    await context.close();
  });

  test('changes the cart by the keyboard', async ({ page, stack }) => {
    const { shop } = stack.origins;
    await putIntoCart(page, shop, 'planisphere');
    await quantity(page).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await expect(cartLink(page, 3)).toBeVisible();
  });

  test('is told why nothing was ordered where the cart is another one by now', async ({
    page,
    stack,
    onShop,
  }) => {
    const { shop } = stack.origins;
    await signInAt(onShop, stack, 'otto');
    await putIntoCart(page, shop, 'planisphere');
    const other = await page.context().newPage();
    await putIntoCart(other, shop, 'planisphere');
    await page.getByRole('button', { name: /^Order for/ }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was ordered' })).toBeVisible();
    await expect(cartLink(page, 2)).toBeVisible();
    await page.getByRole('button', { name: /^Remove/ }).click();
    await expect(main(page)).toContainText('Nothing in the bag yet');
  });

  test('A-01 does not find the order of somebody else', async ({ page, stack, onShop }) => {
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    await signInAt(onShop, stack, 'ada');
    const answer = await page.goto(`${stack.origins.shop}/orders/${id}`);
    expect(answer?.status()).toBe(404);
    await expect(main(page)).not.toContainText(id);
  });
});

test.describe('support', () => {
  test('A-05 sees everybody’s orders and refunds one after a fresh sign-in; what was typed stays', async ({
    page,
    stack,
    onShop,
  }) => {
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    await signInByForm(onShop, stack, 'sol');
    await page.getByRole('banner').getByRole('link', { name: 'Support' }).click();
    await main(page).getByRole('link', { name: id }).click();
    await expect(page).toHaveURL(`${stack.origins.shop}/orders/${id}`);
    await ageSignIn(page, stack, 600);
    // Before the page's own script runs, a form is sent as browsers always did, and nothing is kept.
    const isAlive = page.waitForRequest(/\/auth\/events$/);
    await page.reload();
    await isAlive;
    await page.getByLabel('Why').fill('Arrived broken');
    await page.getByRole('button', { name: /^Refund €/ }).click();
    // The provider saw the person a moment ago, so it asks for nothing and the site's session is young again.
    await expect(page.getByText('yours is older')).toHaveCount(0);
    await expect(page.getByLabel('Why')).toHaveValue('Arrived broken');
    await page.getByRole('button', { name: /^Refund €/ }).click();
    await expect(main(page)).toContainText('Refunded on');
    await expect(main(page)).toContainText('Arrived broken');
    await expect(page.getByRole('button', { name: /^Refund/ })).toHaveCount(0);
  });
});

test.describe('somebody without a role', () => {
  test('may fill a cart, and is told why they can’t order it and what would help', async ({
    page,
    stack,
    onShop,
  }) => {
    const { shop } = stack.origins;
    await signInAt(onShop, stack, 'theo');
    await putIntoCart(page, shop, 'planisphere');
    await expect(main(page)).toContainText('This account may not order');
    await expect(main(page)).toContainText('shop:orders.create');
    await expect(main(page)).toContainText('reader or member');
    await expect(page.getByRole('button', { name: /^Order for/ })).toHaveCount(0);

    for (const [path, permission] of [
      ['/orders', 'shop:orders.read'],
      ['/support', 'shop:orders.read-any'],
      ['/members', 'shop:prices.member'],
    ] as const) {
      const answer = await page.goto(shop + path);
      expect(answer?.status()).toBe(403);
      await expect(main(page)).toContainText(permission);
    }
  });
});
