import { expect, test } from '../fixtures/test.ts';

/** A post that mentions products; the blog asks the shop's API about them with a Bearer token. */
const POST_LINK = /red/i;

test.describe('the blog asks the shop on behalf of the reader', () => {
  test('pain 15, pain 16: a member sees live stock and the member price', async ({
    page,
    onBlog,
    signIn,
  }) => {
    await signIn('ada');
    await onBlog.open('/');
    await page.getByRole('main').getByRole('link', { name: POST_LINK }).first().click();

    const products = page.getByRole('complementary', { name: /mentioned/i });
    await expect(products.getByText(/in stock|left/i).first()).toBeVisible();
    await expect(products.getByText(/member price/i).first()).toBeVisible();
  });

  test('a reader without the permission gets the post, the stock and a word on why the price is missing', async ({
    page,
    onBlog,
    signIn,
  }) => {
    await signIn('ben');
    await onBlog.open('/');
    await page.getByRole('main').getByRole('link', { name: POST_LINK }).first().click();

    const products = page.getByRole('complementary', { name: /mentioned/i });
    await expect(products.getByText(/in stock|left/i).first()).toBeVisible();
    await expect(products).toContainText('shop:prices.member');
    await expect(products.getByText(/^member price/i)).toHaveCount(0);
  });

  test('signed out, the post is readable and invites to sign in', async ({ page, onBlog }) => {
    await onBlog.open('/');
    await page.getByRole('main').getByRole('link', { name: POST_LINK }).first().click();
    await expect(page.getByRole('article')).toBeVisible();
    await expect(
      page.getByRole('complementary', { name: /mentioned/i }).getByRole('link', { name: /sign in/i }),
    ).toBeVisible();
  });
});
