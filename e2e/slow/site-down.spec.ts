import { withOwnStack } from '../fixtures/own-stack.ts';
import { createSite } from '../fixtures/site.ts';
import { expect } from '../fixtures/test.ts';

const test = withOwnStack({ name: 'e2e-site-down' });
test.describe.configure({ timeout: 120_000 });

test('pain 4: a site that is down at the sign-out hears of it when it is back, and the open page shows that', async ({
  page,
  onShop,
  onBlog,
  signIn,
  running,
  stack,
}) => {
  const ada = await signIn('ada');
  await onBlog.open('/');
  await onBlog.expectGreeting(ada);
  await onShop.open('/');
  await running.stop('blog');

  await onShop.signOutButton.click();
  await onShop.expectSignedOut();
  await page.getByRole('link', { name: 'See which have been told' }).click();
  const told = page.getByRole('region', { name: 'Your sites' });
  await expect(told.getByText('Nightfield: signed out')).toBeVisible();
  await expect(told.getByText('Dark Hours: not reached yet, trying again')).toBeVisible();

  await running.restart('blog');
  await expect(told.getByText('Dark Hours: signed out')).toBeVisible({ timeout: 20_000 });
  await expect(told.getByRole('link', { name: 'Look again' })).toBeHidden();
  const blog = createSite(page, stack.origins.blog);
  await blog.open('/');
  await blog.expectSignedOut();
});
