import { createSite } from '../fixtures/site.ts';
import { expect, signInAt, test } from '../fixtures/test.ts';
import { personWithTwoDevices } from '../support/extra-people.ts';
import { createPerson } from '../support/person.ts';

test.describe('every site hears of a sign-out', () => {
  test('pain 4: signed out at the shop, signed out at the blog, and the provider says so', async ({
    page,
    onShop,
    onBlog,
    signIn,
    stack,
  }) => {
    const ada = await signIn('ada');
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    await onShop.open('/');
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();

    await page.getByRole('link', { name: 'See which have been told' }).click();
    await expect(page).toHaveURL(`${stack.origins.idp}/signed-out`);
    const told = page.getByRole('region', { name: 'Your sites' });
    await expect(told.getByText('Dark Hours: signed out')).toBeVisible();
    await expect(told.getByText('Nightfield: signed out')).toBeVisible();
    await onBlog.open('/');
    await onBlog.expectSignedOut();
  });

  test('“Sign out everywhere” signs out on another device too', async ({ page, onShop, stack, browser }) => {
    const phone = await browser.newContext();
    try {
      const onPhone = createSite(await phone.newPage(), stack.origins.blog);
      const { username } = personWithTwoDevices;
      const person = await signInAt(onPhone, stack, username);
      await signInAt(onShop, stack, username);
      await page.goto(`${stack.origins.idp}/account`);
      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await expect(page.getByRole('region', { name: 'Your sites' })).toContainText('Dark Hours: signed out');
      await onPhone.open('/');
      await onPhone.expectSignedOut();
      await expect(onPhone.header).not.toContainText(person.name);
    } finally {
      await phone.close();
    }
  });

  test('another person who signs in over it leaves nobody’s session at a site', async ({
    page,
    onShop,
    onBlog,
    signIn,
    stack,
  }) => {
    const ada = await signIn('ada');
    await onBlog.open('/');
    await onBlog.expectGreeting(ada);
    await page.goto(`${stack.origins.shop}/auth/login?prompt=select_account`);
    await page.getByRole('link', { name: 'Use another account' }).click();
    const ben = createPerson(stack, 'ben');
    await ben.fillSignIn(page);
    await onShop.expectGreeting(ben);
    await expect(async () => {
      await onBlog.open('/');
      await expect(onBlog.header).not.toContainText(ada.name, { timeout: 500 });
    }).toPass();
  });

  test('nobody else can see where a person was signed in', async ({ onShop, signIn, stack, browser }) => {
    await signIn('ada');
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
    const other = await browser.newContext();
    try {
      const page = await other.newPage();
      await page.goto(`${stack.origins.idp}/signed-out`);
      await expect(page.getByRole('heading', { name: 'You’re signed out' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Your sites' })).toBeHidden();
    } finally {
      await other.close();
    }
  });
});
