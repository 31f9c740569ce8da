import { withOwnStack } from '../fixtures/own-stack.ts';
import { createSite } from '../fixtures/site.ts';
import { expect } from '../fixtures/test.ts';

const test = withOwnStack({ name: 'e2e-sign-out-away' });
test.describe.configure({ mode: 'default' });

test.describe('B-22 signing out while the provider is away', () => {
  test.beforeEach(async ({ running, onShop, signIn }) => {
    await signIn('ada');
    await running.stop('idp');
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
  });

  test('says that the sign-on session lives, shows pages as ever, and ends it once the provider is back', async ({
    context,
    page,
    onShop,
    onBlog,
    running,
    stack,
  }) => {
    await expect(page.getByRole('main')).toContainText('does not answer right now');
    await onShop.open('/products/star-atlas');
    await expect(page).toHaveURL(`${stack.origins.shop}/products/star-atlas`);
    await onShop.expectSignedOut();

    await running.restart('idp');
    const visited: string[] = [];
    page.on('request', (request) => void visited.push(new URL(request.url()).pathname));
    // The shop looks for the provider every five seconds at most.
    await expect(async () => {
      await onShop.open('/products/red-headlamp');
      expect(visited).toContain('/end-session');
    }).toPass();
    await expect(page).toHaveURL(`${stack.origins.shop}/products/red-headlamp`);
    await onShop.expectSignedOut();

    visited.length = 0;
    await onShop.open('/signed-out');
    expect(visited).not.toContain('/end-session');
    await expect(page.getByRole('main')).not.toContainText('does not answer');
    await onBlog.open('/');
    await onBlog.expectSignedOut();
    const names = (await context.cookies(stack.origins.shop)).map(({ name }) => name);
    expect(names).not.toContain('__Host-logout');
  });

  test('is forgotten by whoever signs in again, without a word', async ({ page, running, stack }) => {
    await running.restart('idp');
    const site = createSite(page, stack.origins.shop);
    // The shop looks for the provider every five seconds at most, and says until then that signing in is not possible.
    await expect(async () => {
      await site.open('/auth/login?return_to=%2F');
      await expect(page.getByRole('heading', { level: 1 })).not.toContainText('not possible right now');
    }).toPass();
    await site.expectGreeting({ name: 'Ada Marlowe' });
    await site.open('/');
    await site.expectGreeting({ name: 'Ada Marlowe' });
  });
});
