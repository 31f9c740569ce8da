import { expect, test } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';

test.describe('one login across really different sites', () => {
  test('signing in at the shop leads back to the page that was left, greeted by name', async ({
    page,
    onShop,
    stack,
  }) => {
    const ada = createPerson(stack, 'ada');
    await onShop.open('/');
    await page
      .getByRole('main')
      .getByRole('link', { name: /headlamp/i })
      .first()
      .click();
    await expect(page).toHaveURL(/\/products\//);
    const left = page.url();

    await onShop.signInLink.click();
    await expect(page).toHaveURL((url) => url.origin === stack.origins.idp);
    await ada.fillSignIn(page);

    await expect(page).toHaveURL(left);
    await onShop.expectGreeting(ada);
  });

  test('pain 14: the blog knows the person without a form and without a click', async ({
    page,
    onBlog,
    signInByForm,
  }) => {
    const ada = await signInByForm('ada');
    const forms: string[] = [];
    page.on('framenavigated', (frame) => {
      if (frame.url().includes('/sign-in/')) forms.push(frame.url());
    });

    await onBlog.open('/');

    await onBlog.expectGreeting(ada);
    expect(forms, 'no form of the provider was shown').toEqual([]);
  });

  test('a signed-out visitor sees both sites after one silent question to the provider', async ({
    onShop,
    onBlog,
  }) => {
    await onShop.open('/');
    await onShop.expectSignedOut();
    expect(new URL(onShop.page.url()).search).toBe('');

    await onBlog.open('/');
    await onBlog.expectSignedOut();
  });

  test('a wrong passphrase keeps the form, says so, and the right one still works', async ({
    page,
    onShop,
    stack,
  }) => {
    const ada = createPerson(stack, 'ada');
    await onShop.open('/');
    await onShop.signInLink.click();
    await page.getByLabel('Username').fill(ada.username);
    await page.getByLabel('Passphrase').fill('not the passphrase at all');
    await page.getByRole('button', { name: 'Sign in' }).click();

    await expect(page.getByRole('alert')).toBeVisible();
    await ada.fillSignIn(page);
    await onShop.expectGreeting(ada);
  });

  test('the form works without JavaScript', async ({ browser, stack }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const ada = createPerson(stack, 'ada');
    await page.goto(stack.origins.shop);
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await ada.fillSignIn(page);
    await expect(page.getByRole('banner')).toContainText(ada.name);
    await context.close();
  });

  test('signing in needs the keyboard only', async ({ page, onShop, stack }) => {
    const ada = createPerson(stack, 'ada');
    await onShop.open('/');
    await onShop.signInLink.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Username')).toBeFocused();
    await page.keyboard.type(ada.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ada.passphrase);
    await page.keyboard.press('Enter');
    await onShop.expectGreeting(ada);
  });
});
