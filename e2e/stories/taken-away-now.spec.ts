import { withOwnStack } from '../fixtures/own-stack.ts';
import { createSite } from '../fixtures/site.ts';
import { expect, type Page } from '../fixtures/test.ts';
import { bearer } from '../support/bearer.ts';
import { takeRoleNow } from '../support/roles.ts';
import { placeOrderAs } from '../support/shop-orders.ts';
import { tokensOf } from '../support/tokens.ts';

/** Everything about this person is long, the roles too: support and member among them. */
const HUBERT = 'wolfeschlegelsteinhausenbergerdorff';
const ORDER = 'planisphere';

const test = withOwnStack({ name: 'e2e-taken-away', processes: { shop: 2 } });
test.describe.configure({ mode: 'default' });

const main = (page: Page) => page.getByRole('main');
const opensStream = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith('/auth/events') && answer.status() === 200);

test.describe('N-05 pain 17: a role is taken away now', () => {
  test('while the page is open: the refund button goes away by itself, and the API refuses at once', async ({
    page,
    stack,
    signIn,
  }) => {
    const { shop } = stack.origins;
    const { access_token } = await tokensOf(stack, 'shop', HUBERT);
    const order = await placeOrderAs(stack, HUBERT, ORDER);
    await signIn(HUBERT);
    const streamed = opensStream(page);
    await page.goto(`${shop}/orders/${order}`);
    await expect(page.getByRole('button', { name: /^Refund/ })).toBeVisible();
    await streamed;
    const address = page.url();

    await takeRoleNow(stack, HUBERT, 'support');

    await expect(page.getByRole('button', { name: /^Refund/ })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: /^Order / })).toBeVisible();
    expect(page.url()).toBe(address);
    // The person is signed in as before, at both processes.
    for (const turn of ['1', '2', '3', '4']) {
      await page.goto(`${address}?turn=${turn}`);
      await expect(page.getByRole('button', { name: /^Refund/ })).toHaveCount(0);
      await expect(main(page)).toContainText('It is ordered');
    }
    await expect
      .poll(async () => (await fetch(`${shop}/api/orders`, { headers: bearer(access_token) })).status)
      .toBe(401);
    const refused = await fetch(`${shop}/api/orders`, { headers: bearer(access_token) });
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await refused.text()).toContain('token_outdated');
  });

  test('the session page says when permissions were last confirmed and how old they can be at most', async ({
    page,
    stack,
    signIn,
  }) => {
    await signIn('ada');
    const streamed = opensStream(page);
    await page.goto(`${stack.origins.shop}/session`);
    await streamed;
    await expect(main(page)).toContainText('last confirmed them at');
    await expect(main(page)).toContainText('older than 20 min 0 s');
    const confirmed = main(page).getByText('last confirmed them at').getByRole('time');
    const memberPrices = main(page).getByRole('listitem').filter({ hasText: 'shop:prices.member' });
    await expect(memberPrices).toContainText('Yes');
    const before = await confirmed.textContent();

    await takeRoleNow(stack, 'ada', 'member');

    await expect(memberPrices).toContainText('No');
    await expect(confirmed).not.toHaveText(before ?? '');
  });

  test('member prices go away in open tabs of both sites, though only the shop knows the permission', async ({
    context,
    page,
    stack,
    signIn,
  }) => {
    const hubert = await signIn(HUBERT);
    const tab = await context.newPage();
    const blog = createSite(tab, stack.origins.blog);
    await blog.open('/');
    await blog.expectGreeting(hubert);
    const followed = opensStream(tab);
    await blog.open('/notes/ten-by-fifty');
    const mentioned = tab.getByRole('complementary', { name: /mentioned/i });
    await expect(mentioned.getByText('Member price', { exact: true }).first()).toBeVisible();
    await followed;
    const streamed = opensStream(page);
    await page.goto(`${stack.origins.shop}/products/star-atlas`);
    await expect(main(page)).toContainText('Member price');
    await streamed;

    await takeRoleNow(stack, HUBERT, 'member');

    await expect(main(page)).not.toContainText('Member price');
    // The shop's API decided it for the blog.
    await expect(mentioned.getByText('Member price', { exact: true })).toHaveCount(0);
    await blog.expectGreeting(hubert);
  });
});
