import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';
import { goBack } from '../support/go-back.ts';

/** Two clicks of the mouse, so many milliseconds apart, wherever the page is by the second one. */
async function clickTwice(page: Page, button: Locator, gap: number): Promise<void> {
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not on the page');
  // The mouse waits as long while the button is down as it waits between the two clicks.
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount: 2, delay: gap / 2 });
}

test.describe('P-29 a button that is pressed twice', () => {
  for (const gap of [0, 60, 120, 240, 450]) {
    test(`two clicks on "Sign in" ${gap} ms apart end signed in at the site`, async ({
      page,
      onShop,
      stack,
    }) => {
      const ada = createPerson(stack, 'ada');
      await onShop.open('/');
      await onShop.signInLink.click();
      await page.getByLabel('Username').fill(ada.username);
      await page.getByLabel('Passphrase').fill(ada.passphrase);
      await clickTwice(page, page.getByRole('button', { name: 'Sign in' }), gap);
      await onShop.expectGreeting(ada);
    });
  }

  test('Enter twice 120 ms apart ends signed in at the site', async ({ page, onShop, stack }) => {
    const ada = createPerson(stack, 'ada');
    await onShop.open('/');
    await onShop.signInLink.click();
    await page.getByLabel('Username').fill(ada.username);
    await page.getByLabel('Passphrase').fill(ada.passphrase);
    await page.keyboard.press('Enter', { delay: 120 });
    await page.keyboard.press('Enter');
    await onShop.expectGreeting(ada);
  });

  for (const gap of [0, 120]) {
    test(`two clicks on an account ${gap} ms apart end signed in at the site`, async ({
      page,
      onShop,
      signInByForm,
      stack,
    }) => {
      const ada = await signInByForm('ada');
      await page.goto(`${stack.origins.shop}/auth/login?prompt=select_account`);
      await clickTwice(page, page.getByRole('button', { name: `Continue as ${ada.name}` }), gap);
      await onShop.expectGreeting(ada);
    });
  }

  test('Back after signing in leads to a page with a way on', async ({
    page,
    onShop,
    signInByForm,
    stack,
  }) => {
    const ada = await signInByForm('ada');
    await goBack(page);
    await page.waitForURL((url) => url.origin === stack.origins.idp);
    await page.getByRole('link', { name: /^Go on to / }).click();
    await onShop.expectGreeting(ada);
  });

  test('a page that nobody knows any more leads to the account', async ({ page, stack }) => {
    await page.goto(`${stack.origins.idp}/sign-in/unknown`);
    await page.getByRole('link', { name: 'Go to your account' }).click();
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  });
});
