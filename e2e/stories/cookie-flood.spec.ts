import { expect, type Page, signInByForm, test } from '../fixtures/test.ts';

/** As many as a browser keeps for one site (Chromium), set by a script of the site as a sibling would for its domain. */
const FLOOD = 180;

const flood = (page: Page, length: number): Promise<void> =>
  page.evaluate(
    ([count, value]) => {
      for (let index = 0; index < count; index += 1)
        document.cookie = `flood${index}=${value}; path=/; secure; samesite=lax`;
    },
    [FLOOD, 'x'.repeat(length)] as const,
  );

test.describe('C-04 a jar that somebody filled up', () => {
  test('C-04 with 180 small cookies keeps nobody from signing in', async ({
    page,
    context,
    onShop,
    stack,
  }) => {
    await onShop.open('/');
    await flood(page, 8);
    // The browser stores what a script sets a moment later.
    await expect.poll(async () => (await context.cookies(stack.origins.shop)).length).toBeGreaterThan(100);

    const ada = await signInByForm(onShop, stack, 'ada');

    await onShop.open('/members');
    await onShop.expectGreeting(ada);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your prices, side by side');
  });

  test('C-04 with more than the site can read is named as what is wrong, and emptied lets everybody in', async ({
    page,
    context,
    onShop,
    stack,
  }) => {
    await onShop.open('/');
    await flood(page, 100);

    const answer = await page.goto(`${stack.origins.shop}/members`);

    expect(answer?.status()).toBe(431);
    expect(answer?.headers()['cache-control']).toBe('no-store');
    await expect(page.getByText('sends more cookies than Nightfield can read')).toBeVisible();
    await expect(page.getByText('Delete the cookies of this site')).toBeVisible();
    await context.clearCookies({ name: /^flood/ });
    await signInByForm(onShop, stack, 'ada');
  });
});
