import { createSite } from '../fixtures/site.ts';
import { expect, type Page, signInAt, test } from '../fixtures/test.ts';
import { expectNoAxeViolationInLightAndDark, expectNoSidewaysScrolling } from '../support/accessible.ts';
import { placeOrderAs } from '../support/shop-orders.ts';

const main = (page: Page) => page.getByRole('main');
const mentioned = (page: Page) => page.getByRole('complementary', { name: /mentioned/i });

test.describe('things of the shop in a note', () => {
  test('an author picks one, an editor publishes, and a reader sees stock, their own price, and that they ordered it', async ({
    page,
    stack,
    browser,
  }) => {
    const { blog } = stack.origins;
    await signInAt(createSite(page, blog), stack, 'noor');
    await page.goto(`${blog}/drafts/new`);
    await page.getByLabel('Title').fill('A lamp for the field');
    await page.getByLabel('Topic').fill('The eye');
    await page.getByLabel('Summary').fill('Which one to take along.');
    await page.getByLabel('Text').fill('Take this: ');
    await page.getByText('Things from Nightfield').click();
    await page.getByRole('button', { name: /^Insert .*headlamp/i }).click();
    await expect(page.getByLabel('Text')).toHaveValue(/^Take this: \[[^\]]+\]\(shop:red-headlamp\)$/);
    await page.getByRole('button', { name: 'Begin the draft' }).click();
    await page.getByRole('link', { name: 'See it as readers will' }).click();
    await page.waitForURL(/\/notes\//);
    const note = new URL(page.url()).pathname;

    const editors = await (await browser.newContext()).newPage();
    await signInAt(createSite(editors, blog), stack, 'mira');
    await editors.goto(blog + note);
    await editors.getByRole('button', { name: /^Publish/ }).click();
    await expect(main(editors)).toContainText('It is published');

    await placeOrderAs(stack, 'ada', 'red-headlamp');
    const readers = await (await browser.newContext()).newPage();
    await signInAt(createSite(readers, blog), stack, 'ada');
    await readers.goto(blog + note);
    await expect(mentioned(readers)).toContainText('Member price');
    await expect(mentioned(readers)).toContainText('Ordered by you');
    await expect(mentioned(editors)).not.toContainText('Ordered by you');
  });

  test('the editor with its list: no axe violation in light and dark, and no sideways scrolling at 360 px', async ({
    page,
    stack,
  }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'noor');
    await page.goto(`${stack.origins.blog}/drafts/new`);
    await page.getByText('Things from Nightfield').click();
    await expect(page.getByRole('button', { name: /^Insert / }).first()).toBeVisible();
    await expectNoAxeViolationInLightAndDark(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
  });
});
