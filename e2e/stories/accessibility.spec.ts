import { expect, test } from '../fixtures/test.ts';
import { expectNoAxeViolation, expectNoSidewaysScrolling } from '../support/accessible.ts';

const pages = [
  ['the home page of the shop', (origins: Record<'idp' | 'shop' | 'blog', string>) => `${origins.shop}/`],
  ['the home page of the blog', (origins: Record<'idp' | 'shop' | 'blog', string>) => `${origins.blog}/`],
  [
    'the sign-in page',
    (origins: Record<'idp' | 'shop' | 'blog', string>) => `${origins.shop}/auth/login?return_to=/`,
  ],
] as const;

for (const [what, address] of pages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${what} has no axe violation in ${colorScheme}`, async ({ page, stack }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address(stack.origins));
      await expectNoAxeViolation(page);
    });
  }

  test(`${what} fits a phone of 360 px without sideways scrolling`, async ({ page, stack }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(address(stack.origins));
    await expectNoSidewaysScrolling(page);
  });

  test(`${what} can be walked with the Tab key, focus always visible`, async ({ page, stack }) => {
    await page.goto(address(stack.origins));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const shown: boolean[] = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      shown.push(...(await page.evaluate(focusIsShown)));
    }
    expect(shown.length, 'something takes the focus').toBeGreaterThan(2);
    expect(shown).not.toContain(false);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page that explains an error code has no axe violation in ${colorScheme}`, async ({
    page,
    stack,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${stack.origins.idp}/errors/refresh_rejected`);
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await expectNoAxeViolation(page);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page of what a person may do says so, fits a phone, and has no axe violation in ${colorScheme}`, async ({
    page,
    stack,
    signIn,
  }) => {
    await signIn('sol');
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${stack.origins.idp}/account`);
    await page.getByRole('link', { name: 'What you may do' }).click();
    const refunds = page.getByRole('listitem').filter({ hasText: 'Refund orders' });
    await expect(refunds).toContainText('as support');
    await expect(page.getByRole('listitem').filter({ hasText: 'Publish drafts' })).toContainText(
      'comes with editor',
    );
    await expectNoSidewaysScrolling(page);
    await expectNoAxeViolation(page);
  });
}

/** Whether the element in focus shows it; nothing once the focus has left the page for the browser's own controls. */
function focusIsShown(): boolean[] {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body) return [];
  const { outlineStyle, boxShadow } = getComputedStyle(activeElement);
  return [outlineStyle !== 'none' || boxShadow !== 'none'];
}
