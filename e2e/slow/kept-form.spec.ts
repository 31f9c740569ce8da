import type { Page } from '@playwright/test';
import { startStack, type Stack } from '@sso/dev';
import { expect, signInAt, test as shared } from '../fixtures/test.ts';
import { trustLocalNetwork } from '../support/local-network.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { createPerson } from '../support/person.ts';
import { type StackInfo, stackInfoOf } from '../support/shared-stack.ts';
import { buildCopy } from './app-copy.ts';
import { noteFiles } from './note-files.ts';

/** A stack whose shop has a page that takes a note. */
const test = shared.extend<object, { running: Stack }>({
  running: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const shop = buildCopy('shop', { without: [], files: noteFiles });
      const stack = await startStack({
        mode: 'production',
        name: 'e2e-kept-form',
        programs: { shop: shop.start },
      });
      await use(stack);
      await stack.stop();
      shop.remove();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  stack: [
    async ({ running }, use) => {
      const stack = stackInfoOf(running);
      trustLocalNetwork(stack.rootCertificate);
      await use(stack);
    },
    { scope: 'worker' },
  ],
});

const NOTE = 'The Moon set at 03:12, behind the barn.';
const PATH = '/note?about=red-torch&page=2';

const note = (page: Page) => page.getByRole('textbox', { name: 'Note' });
const storage = (page: Page) => page.evaluate(() => JSON.stringify(Object.entries(window.sessionStorage)));

async function typeNote(page: Page, stack: StackInfo): Promise<void> {
  // As in a browser that holds no event stream: only the action finds out that the session ended.
  await page.route('**/auth/events', (route) => route.fulfill({ status: 404 }));
  await page.goto(stack.origins.shop + PATH);
  await note(page).fill(NOTE);
  await page.getByRole('textbox', { name: 'Card' }).fill('4111 1111 1111 1111');
  await expect.poll(() => storage(page)).toContain(NOTE);
}

/** Ends the person's sessions as the provider does; the tab with the form hears nothing of it. */
async function endSessions(page: Page, stack: StackInfo): Promise<void> {
  const { shop, idp } = stack.origins;
  const answer = await page.request.get(`${shop}/auth/session`);
  const { session }: { session: { user: { sub: string } } } = await answer.json();
  const token = await logoutTokenFor(stack, 'shop', { sub: session.user.sub });
  expect((await deliverLogout(shop, token)).status).toBe(200);
  await page.context().clearCookies({ domain: new URL(idp).hostname });
}

const send = (page: Page) => page.getByRole('button', { name: 'Send' }).click();

test.describe('U-12: text typed before the session ended', () => {
  test('is there again after a Server Action sent the person to sign in, on the page with its query', async ({
    page,
    stack,
    onShop,
  }) => {
    const ada = await signInAt(onShop, stack, 'ada');
    await typeNote(page, stack);
    await endSessions(page, stack);
    await send(page);
    await ada.fillSignIn(page);
    await expect(page).toHaveURL(stack.origins.shop + PATH);
    await expect(note(page)).toHaveValue(NOTE);
    await expect(page.getByRole('textbox', { name: 'Card' })).toHaveValue('');
    expect(await storage(page)).not.toContain('4111');

    await send(page);
    await expect(note(page)).toHaveValue('');
    expect(await storage(page)).not.toContain('Moon');
  });

  test('is not there for another person, whose storage it never reaches', async ({ page, stack, onShop }) => {
    await signInAt(onShop, stack, 'ada');
    await typeNote(page, stack);
    await endSessions(page, stack);
    await send(page);
    await createPerson(stack, 'ben').fillSignIn(page);
    await expect(page).toHaveURL(stack.origins.shop + PATH);
    await expect(note(page)).toHaveValue('');
    await expect.poll(() => storage(page)).not.toContain('Moon');
  });

  test('is gone after a sign-out, for the same person too', async ({ page, stack, onShop }) => {
    const ada = await signInAt(onShop, stack, 'ada');
    await typeNote(page, stack);
    await onShop.signOutButton.click();
    await onShop.expectSignedOut();
    expect(await storage(page)).not.toContain('Moon');
    await page.goto(stack.origins.shop + PATH);
    await ada.fillSignIn(page);
    await expect(note(page)).toHaveValue('');
  });
});
