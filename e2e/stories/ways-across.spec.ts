import { readFile } from 'node:fs/promises';
import { apps } from '@sso/domains';
import { expect, type Page, signInAt, test } from '../fixtures/test.ts';
import { createSite } from '../fixtures/site.ts';
import { expectNoAxeViolationInLightAndDark, expectNoSidewaysScrolling } from '../support/accessible.ts';

const result = (page: Page) => page.getByRole('region', { name: /what happened$/ });
const claim = (page: Page, name: string) => result(page).getByRole('row').filter({ hasText: name });

test.describe('the ways across', () => {
  test('server to server: a member reads what was sent for them, and their own price in the answer', async ({
    page,
    stack,
  }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'ada');
    await page.getByRole('banner').getByRole('link', { name: 'Ways across' }).click();
    await page.getByRole('button', { name: /red headlamp/ }).click();
    await expect(result(page)).toContainText(`GET ${stack.origins.shop}/api/products/red-headlamp`);
    await expect(claim(page, 'aud').first()).toContainText(apps.shop.audience);
    await expect(claim(page, 'permissions').first()).toContainText('shop:prices.member');
    await expect(result(page)).toContainText('memberPrice');
    expect(await page.content()).not.toMatch(/eyJ[\w-]{20}/);
  });

  test('T-44 on behalf of: the other API acts for the person, and the log of the one it asks has both names', async ({
    page,
    stack,
  }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'ben');
    await page.goto(`${stack.origins.blog}/ways`);
    await page.getByRole('button', { name: /writes about it/ }).click();
    await expect(result(page)).toContainText('200');
    await expect(result(page)).toContainText('Why the light is red');
    const log = (await readFile(stack.files.logs.blog, 'utf8')).split('\n');
    const accepted = log.filter((line) => line.includes('"type":"bearer.accepted"'));
    expect(accepted.at(-1)).toMatch(/"sub":"[^"]+","clientId":"shop".*"actor":"shop"/);
  });

  test('D-05 from the page: its own token works here, and copied elsewhere it is worth nothing', async ({
    page,
    stack,
  }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'ada');
    await page.goto(`${stack.origins.blog}/ways`);
    await page.getByRole('button', { name: /from this page/ }).click();
    const steps = result(page).getByRole('list').getByRole('listitem');
    await expect(steps.filter({ hasText: 'DPoP with a proof: 401' })).toContainText('use_dpop_nonce');
    await expect(steps.filter({ hasText: 'DPoP with a proof: 200' })).toHaveCount(1);
    await expect(steps.filter({ hasText: 'as Bearer: 401' })).toContainText('invalid_token');
    await expect(steps.filter({ hasText: 'once more: 401' })).toContainText('invalid_dpop_proof');
    await expect(claim(page, 'cnf').first()).toContainText('jkt');
    await expect(result(page)).toContainText('memberPrice');
    expect(await page.content()).not.toMatch(/eyJ[\w-]{20}/);
  });

  test('a refusal names what is missing, for programs and for people', async ({ page, stack }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'ben');
    await page.goto(`${stack.origins.blog}/ways`);
    await page.getByRole('button', { name: /everybody’s orders/ }).click();
    await expect(result(page)).toContainText('403');
    await expect(result(page)).toContainText('error="insufficient_scope"');
    await expect(result(page)).toContainText('scope="shop:orders.read-any"');
    await expect(result(page)).toContainText('application/problem+json');
  });

  test('somebody without a role gets no token at all, and reads why', async ({ page, stack }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'theo');
    await page.goto(`${stack.origins.blog}/ways`);
    await page.getByRole('button', { name: /red headlamp/ }).click();
    await expect(result(page)).toContainText('not sent');
    await expect(result(page)).toContainText('token_exchange_rejected');
  });

  test('no axe violation in light and dark, and no sideways scrolling at 360 px', async ({ page, stack }) => {
    await signInAt(createSite(page, stack.origins.blog), stack, 'ada');
    await page.goto(`${stack.origins.blog}/ways?way=server-to-server`);
    await expect(result(page)).toBeVisible();
    await expectNoAxeViolationInLightAndDark(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
  });
});
