import { goBack } from '../support/go-back.ts';
import { expect, test } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';
import { createSite } from '../fixtures/site.ts';

test.describe('pain 11: tabs and the back button', () => {
  test('P-29 two tabs that sign in at once both end on their own page', async ({ context, stack }) => {
    const ada = createPerson(stack, 'ada');
    const [first, second] = await Promise.all([context.newPage(), context.newPage()]);
    const left = createSite(first, stack.origins.shop);
    const right = createSite(second, stack.origins.shop);
    await left.open('/');
    await right.open('/session');
    await left.signInLink.click();
    await expect(first.getByLabel('Username')).toBeVisible();
    if (await right.signInLink.isVisible()) await right.signInLink.click();
    await expect(second.getByLabel('Username')).toBeVisible();

    await ada.fillSignIn(first);
    await left.expectGreeting(ada);
    await ada.fillSignIn(second);
    await right.expectGreeting(ada);
    await expect(second).toHaveURL(`${stack.origins.shop}/session`);
  });

  test('P-29 back to the form after signing in never dead-ends', async ({
    page,
    onShop,
    signInByForm,
    stack,
  }) => {
    const ada = await signInByForm('ada');
    await goBack(page);
    await page.waitForURL((url) => url.href !== `${stack.origins.shop}/`);
    await onShop.open('/');
    await onShop.expectGreeting(ada);
  });

  test('P-29 a reload of the callback shows a page with a way on, never a 500', async ({
    page,
    onShop,
    signInByForm,
    stack,
  }) => {
    const callbacks: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(`${stack.origins.shop}/auth/callback?`)) callbacks.push(request.url());
    });
    const ada = await signInByForm('ada');
    const replay = callbacks.findLast((url) => url.includes('code='));
    expect(replay).toBeDefined();

    const answer = await page.goto(replay ?? '');

    expect(answer?.status()).toBeLessThan(500);
    await onShop.open('/');
    await onShop.expectGreeting(ada);
  });
});
