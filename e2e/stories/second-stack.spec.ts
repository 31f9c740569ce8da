import { startStack } from '@sso/dev';
import { expect, test as shared } from '../fixtures/test.ts';
import { signInAt } from '../fixtures/test.ts';
import { trustLocalNetwork } from '../support/local-network.ts';
import { stackInfoOf } from '../support/shared-stack.ts';
import { swapRole } from '../support/roles.ts';

/** Its own stack from the same builds: other ports, other data, tokens that live for seconds. */
const test = shared.extend<object, { second: Awaited<ReturnType<typeof startStack>> }>({
  second: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const stack = await startStack({
        mode: 'production',
        name: 'e2e-second',
        appEnv: { idp: { ACCESS_TOKEN_SECONDS: '64' } },
      });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker' },
  ],
  stack: [
    async ({ second }, use) => {
      const stack = stackInfoOf(second);
      trustLocalNetwork(stack.rootCertificate);
      await use(stack);
    },
    { scope: 'worker' },
  ],
});

test.describe('one build, another port', () => {
  test('serves the whole login under its own addresses', async ({ onShop, onBlog, stack }) => {
    const ada = await signInAt(onShop, stack, 'ada');
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    expect(stack.origins.shop).not.toContain(':8443');
  });

  test('pain 17: a permission taken away is gone at the blog after the end of the token', async ({
    page,
    onShop,
    onBlog,
    stack,
  }) => {
    await signInAt(onShop, stack, 'ada');
    await onBlog.open('/');
    await page.getByRole('main').getByRole('link', { name: /red/i }).first().click();
    const products = page.getByRole('complementary', { name: /mentioned/i });
    await expect(products.getByText(/member price/i).first()).toBeVisible();

    await swapRole(stack, 'ada', 'member', 'reader');

    await expect(async () => {
      await page.reload();
      await expect(products).toContainText('shop:prices.member', { timeout: 500 });
    }).toPass();
  });
});
