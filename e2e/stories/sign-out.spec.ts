import { goBack } from '../support/go-back.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('signing out', () => {
  test('at the shop ends the sign-on session: no site gets in silently any more', async ({
    page,
    onShop,
    onBlog,
    signIn,
  }) => {
    await signIn('ada');
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
    await expect(page.getByRole('main')).toContainText(/signed out/i);
    await expect(page.getByRole('main')).toContainText('Dark Hours');

    await onBlog.open('/');
    await onBlog.expectSignedOut();
  });

  test('the provider asks for the passphrase again', async ({ page, onShop, signIn, stack }) => {
    const ada = await signIn('ada');
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
    await onShop.signInLink.click();
    await expect(page).toHaveURL((url) => url.origin === stack.origins.idp);
    await ada.fillSignIn(page);
    await onShop.expectGreeting(ada);
  });

  test('pain 5: the back button does not bring the signed-in page back', async ({ page, onShop, signIn }) => {
    const ada = await signIn('ada');
    await onShop.open('/session');
    await expect(page.getByRole('main')).toContainText(ada.name);
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();

    await goBack(page);

    await expect(page.getByRole('main')).not.toContainText(ada.name);
  });

  test('B-09 an image on a foreign page signs nobody out', async ({ page, onShop, signIn, stack }) => {
    const ada = await signIn('ada');
    await page.route('https://attacker.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<img src="${stack.origins.idp}/end-session"><img src="${stack.origins.shop}/auth/logout">`,
      }),
    );
    await page.goto('https://attacker.example/', { waitUntil: 'load' });
    await onShop.open('/');
    await onShop.expectGreeting(ada);
  });
});
