import { expect, test } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';

test.describe('a login that another party begins (OIDC Core §4)', () => {
  test('the account page leads to each site, where the person arrives signed in', async ({
    page,
    onBlog,
    signIn,
    stack,
  }) => {
    const ada = await signIn('ada');
    await page.goto(`${stack.origins.idp}/account`);
    const sites = page.getByRole('region', { name: 'Your sites' });
    await expect(sites.getByRole('link')).toHaveText([/Nightfield/, /Dark Hours/]);

    await sites.getByRole('link', { name: 'Dark Hours' }).click();

    await expect(page).toHaveURL(`${stack.origins.blog}/`);
    await onBlog.expectGreeting(ada);
  });

  test('a form of a foreign page leads to the page it names, and fills in the username', async ({
    page,
    onShop,
    stack,
  }) => {
    const ada = createPerson(stack, 'ada');
    const { shop, idp } = stack.origins;
    await page.setContent(`<form method="post" action="${shop}/auth/login">
      <input name="iss" value="${idp}"><input name="login_hint" value="ada">
      <input name="target_link_uri" value="${shop}/session"><button>Open the shop</button></form>`);
    await page.getByRole('button', { name: 'Open the shop' }).click();

    await expect(page.getByLabel('Username')).toHaveValue('ada');
    await ada.fillSignIn(page);

    await expect(page).toHaveURL(`${shop}/session`);
    await onShop.expectGreeting(ada);
  });

  test('L-01 a link for another provider, or to another site, begins nothing of theirs', async ({
    page,
    stack,
  }) => {
    const { shop, idp } = stack.origins;
    const refused = await page.goto(`${shop}/auth/login?iss=${encodeURIComponent('https://evil.example')}`);
    expect(refused?.status()).toBe(400);
    await expect(page.getByText('login_issuer')).toBeVisible();

    const target = encodeURIComponent('https://evil.example/');
    await page.goto(`${shop}/auth/login?iss=${encodeURIComponent(idp)}&target_link_uri=${target}`);
    await createPerson(stack, 'ada').fillSignIn(page);
    await expect(page).toHaveURL(`${shop}/`);
  });
});
