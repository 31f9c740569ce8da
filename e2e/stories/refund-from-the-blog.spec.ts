import { createSite } from '../fixtures/site.ts';
import { expect, type Page, signInAt, test } from '../fixtures/test.ts';
import { expectNoAxeViolationInLightAndDark, expectNoSidewaysScrolling } from '../support/accessible.ts';
import { ageSignOnAtBlog } from '../support/age-sign-on.ts';
import { createPerson } from '../support/person.ts';
import { placeOrderAs } from '../support/shop-orders.ts';

const main = (page: Page) => page.getByRole('main');

test.describe('support, at the blog', () => {
  test('A-05 refunds an order of the shop; the shop’s challenge leads to the passphrase and back, and nothing is typed again', async ({
    page,
    stack,
  }) => {
    const { blog, idp } = stack.origins;
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    // Somebody whom no other story ages.
    const everybody = 'wolfeschlegelsteinhausenbergerdorff';
    const person = await signInAt(createSite(page, blog), stack, everybody);
    ageSignOnAtBlog(stack, everybody, 600);
    await page.goto(`${blog}/support`);
    await main(page).getByRole('link', { name: id }).click();
    await expect(page).toHaveURL(`${blog}/support/${id}`);
    await page.getByLabel('Why').fill('Arrived broken');
    await page.getByRole('button', { name: /^Refund €/ }).click();
    await page.waitForURL((url) => url.origin === idp);
    await createPerson(stack, everybody).fillSignIn(page);
    await expect(page).toHaveURL(`${blog}/support/${id}`);
    await expect(page.getByRole('banner')).toContainText(person.name);
    await expect(page.getByLabel('Why')).toHaveValue('Arrived broken');
    await page.getByRole('button', { name: /^Refund €/ }).click();
    await expect(main(page)).toContainText('It is refunded');
    await expect(main(page)).toContainText('Arrived broken');
    await expect(page.getByRole('button', { name: /^Refund/ })).toHaveCount(0);
  });

  test('may not be somebody else: the shop decides, and the page says what is missing', async ({
    page,
    stack,
  }) => {
    const { blog } = stack.origins;
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    await signInAt(createSite(page, blog), stack, 'mira');
    for (const path of ['/support', `/support/${id}`]) {
      const answer = await page.goto(blog + path);
      expect(answer?.status()).toBe(403);
      await expect(main(page)).toContainText('shop:orders.read-any');
      await expect(main(page)).toContainText('support');
    }
  });

  test('finds no order that isn’t there', async ({ page, stack }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'sol');
    const answer = await page.goto(`${stack.origins.blog}/support/20261127-nothing`);
    expect(answer?.status()).toBe(404);
  });

  test('reads of a refund that somebody else was faster, and it was refunded once', async ({
    page,
    stack,
    browser,
  }) => {
    const { blog } = stack.origins;
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    await signInAt(createSite(page, blog), stack, 'sol');
    const context = await browser.newContext();
    const other = await context.newPage();
    await signInAt(createSite(other, blog), stack, 'sol');
    for (const tab of [page, other]) {
      await tab.goto(`${blog}/support/${id}`);
      await tab.getByLabel('Why').fill('Twice');
    }
    await page.getByRole('button', { name: /^Refund €/ }).click();
    await expect(main(page)).toContainText('It is refunded');
    await other.getByRole('button', { name: /^Refund €/ }).click();
    await expect(main(other)).toContainText('It was refunded before');
    await context.close();
  });

  test('has pages without axe violations and sideways scrolling', async ({ page, stack }) => {
    const { blog } = stack.origins;
    const id = await placeOrderAs(stack, 'ben', 'planisphere');
    await signInAt(createSite(page, blog), stack, 'sol');
    for (const path of ['/support', `/support/${id}`]) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(blog + path);
      await expectNoAxeViolationInLightAndDark(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScrolling(page);
    }
  });
});
