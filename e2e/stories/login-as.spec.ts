import { ada, loginAs, type TestPerson } from '@sso/auth/testing';
import { apps } from '@sso/domains';
import type { BrowserContext } from '@playwright/test';
import { expect, type Page, test } from '../fixtures/test.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { siteSecrets } from '../support/site-secrets.ts';

const { audience, clientId } = apps.shop;
const reader: TestPerson = { ...ada, permissions: { [audience]: ['shop:products.read'] } };
const member: TestPerson = {
  ...ada,
  permissions: { [audience]: ['shop:products.read', 'shop:prices.member'] },
};

async function enterShop(context: BrowserContext, stack: StackInfo, person: TestPerson): Promise<void> {
  const { shop: baseUrl, idp: issuer } = stack.origins;
  const [sessionKey = ''] = (await siteSecrets(stack, 'shop')).sessionKeys;
  await loginAs(context, { issuer, clientId, baseUrl, audience, sessionKey, person });
}

/** Every address of the provider that the browser asks for from now on. */
function watchProvider(page: Page, { origins }: StackInfo): readonly string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin === origins.idp) asked.push(request.url());
  });
  return asked;
}

test.describe('pain 18: a test signs somebody in without any page of the provider', () => {
  test('pain 18: with the permission they see the prices of members', async ({
    page,
    context,
    onShop,
    stack,
  }) => {
    const asked = watchProvider(page, stack);
    await enterShop(context, stack, member);

    await onShop.open('/members');

    await onShop.expectGreeting({ name: 'Ada Lovelace' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your prices, side by side');
    await expect(page.getByRole('columnheader', { name: 'Member price' })).toBeVisible();
    await onShop.open('/');
    await expect(page.getByText('Member price').first()).toBeVisible();
    expect(asked).toEqual([]);
  });

  test('pain 18: without it they are told what is missing, and see no such price anywhere', async ({
    page,
    context,
    onShop,
    stack,
  }) => {
    const asked = watchProvider(page, stack);
    await enterShop(context, stack, reader);

    const answer = await page.goto(`${stack.origins.shop}/members`);

    expect(answer?.status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is for members');
    await onShop.open('/');
    await onShop.expectGreeting({ name: 'Ada Lovelace' });
    await expect(page.getByText('Member price', { exact: true })).toHaveCount(0);
    expect(asked).toEqual([]);
  });

  test('pain 18: nobody gets in by a session that another key sealed', async ({ context, onShop, stack }) => {
    const { shop: baseUrl, idp: issuer } = stack.origins;
    const sessionKey = Buffer.alloc(32, 1).toString('base64url');
    await loginAs(context, { issuer, clientId, baseUrl, audience, sessionKey, person: member });
    await onShop.open('/');
    await onShop.expectSignedOut();
  });
});
