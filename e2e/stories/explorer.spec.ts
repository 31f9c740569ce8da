import { readFile } from 'node:fs/promises';
import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect, type Page, signInByForm } from '../fixtures/test.ts';
import { createPerson } from '../support/person.ts';
import { attachDiagram } from '../support/diagram.ts';
import { expectNoAxeViolation, expectNoSidewaysScrolling } from '../support/accessible.ts';

const test = withOwnStack({ name: 'e2e-explorer', explorer: true, eventDetails: true });

/** The explorer in a tab of its own, its tour put aside. */
async function openExplorer(page: Page, origin: string | undefined): Promise<Page> {
  if (origin === undefined) throw new Error('no explorer runs in this stack');
  const explorer = await page.context().newPage();
  await explorer.goto(origin);
  await explorer.getByRole('button', { name: 'Skip the tour' }).click();
  // What earlier stories did is in the diagram too; each looks at the last.
  await expect(explorer.getByRole('status')).toContainText('Live');
  return explorer;
}

const diagramOf = (explorer: Page) => explorer.getByRole('region', { name: 'Diagram' });
const flow = (explorer: Page, name: string | RegExp) =>
  diagramOf(explorer).getByRole('heading', { name }).last();
const step = (explorer: Page, name: string | RegExp) =>
  diagramOf(explorer).getByRole('button', { name }).last();

test('a sign-in is drawn while it happens, and each of its steps opens', async ({ page, onShop, stack }) => {
  const explorer = await openExplorer(page, stack.explorer);
  await signInByForm(onShop, stack, 'ada');
  await expect(flow(explorer, 'Ada signs in at the shop')).toBeVisible();
  await expect(step(explorer, 'Nightfield to Meridian: Exchanges the code for tokens 200')).toBeVisible();
  await step(explorer, /Comes back with the provider’s answer/).click();
  const details = explorer.getByRole('region', { name: /Comes back/ });
  await expect(details.getByRole('heading', { name: 'ID token', exact: true })).toBeVisible();
  await expect(details.getByText('✗ failed')).toHaveCount(0);
  await expect(details.getByRole('link', { name: 'RFC 9207 §2.4' }).first()).toBeVisible();
  await expect(details).toContainText('__Host-session');
  const text = await details.innerText();
  for (const secret of ['eyJ', 'Ada Marlowe', 'ada@example.com']) expect(text).not.toContain(secret);
});

test('one login crosses to the other site and ends everywhere, and the diagram says so', async ({
  page,
  onShop,
  onBlog,
  stack,
}) => {
  const explorer = await openExplorer(page, stack.explorer);
  const kit = await signInByForm(onShop, stack, 'kit');
  await onBlog.open();
  await onBlog.expectGreeting(kit);
  await expect(flow(explorer, 'Silent sign-in of Kit at the blog')).toBeVisible();
  const sites = explorer.getByRole('region', { name: 'What each site knows now' });
  await expect(sites.getByRole('listitem').filter({ hasText: 'Kit, session' })).toHaveCount(3);
  await onBlog.signOutButton.click();
  await onBlog.expectSignedOut();
  await expect(flow(explorer, 'Kit is signed out everywhere')).toBeVisible();
  await expect(step(explorer, 'Meridian to Nightfield: Logout token: end this session 200')).toBeVisible();
  await expect(sites.getByRole('listitem').filter({ hasText: 'Kit, session' })).toHaveCount(0);
});

test('a page that needs another site’s API shows the exchange and the call', async ({
  page,
  onShop,
  onBlog,
  stack,
}) => {
  const explorer = await openExplorer(page, stack.explorer);
  const ada = await signInByForm(onShop, stack, 'ada');
  await onBlog.open();
  await onBlog.expectGreeting(ada);
  await onBlog.open('/notes/the-first-half-hour');
  await expect(flow(explorer, 'Ada’s token is exchanged for the shop’s API')).toBeVisible();
  await expect(step(explorer, /Dark Hours to Nightfield: Calls the API: GET \/api\/products/)).toBeVisible();
});

test('P-12 an answer that this browser never asked for stands out, with the check that refused it', async ({
  page,
  onShop,
  stack,
}) => {
  const explorer = await openExplorer(page, stack.explorer);
  await onShop.open('/auth/callback?code=made-up&state=made-up');
  await expect(flow(explorer, /A sign-in at the shop: refused \(callback_state\)/)).toBeVisible();
  await step(explorer, /Comes back.*refused: callback_state/).click();
  const details = explorer.getByRole('region', { name: /Comes back/ });
  await expect(details.getByRole('listitem').filter({ hasText: '✗ failed' })).toContainText('state');
  await expect(details.getByText('To mend it: Start the login again')).toBeVisible();
});

test('the diagram is a list that is walked through by keyboard, and fits a phone', async ({
  page,
  onShop,
  stack,
}) => {
  const explorer = await openExplorer(page, stack.explorer);
  await signInByForm(onShop, stack, 'ada');
  await expect(flow(explorer, 'Ada signs in at the shop')).toBeVisible();
  await explorer.getByRole('button', { name: 'Pause' }).click();
  const list = explorer.getByRole('list', { name: /Steps/ });
  await list.getByRole('button').first().focus();
  await explorer.keyboard.press('End');
  await explorer.keyboard.press('ArrowUp');
  await expect(list.getByRole('button').and(explorer.locator(':focus'))).toBeVisible();
  await explorer.keyboard.press('Enter');
  await expect(explorer.getByRole('button', { name: 'Close' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await explorer.emulateMedia({ colorScheme });
    await expectNoAxeViolation(explorer);
  }
  await explorer.setViewportSize({ width: 390, height: 800 });
  await expectNoSidewaysScrolling(explorer);
  await expectNoAxeViolation(explorer);
});

test('what is drawn is stepped through again, filtered, saved without secrets and loaded again', async ({
  page,
  onShop,
  stack,
}) => {
  const explorer = await openExplorer(page, stack.explorer);
  await signInByForm(onShop, stack, 'ada');
  await expect(flow(explorer, 'Ada signs in at the shop')).toBeVisible();
  await explorer.getByLabel('Kind').selectOption('Tokens');
  await expect(step(explorer, /Exchanges the code/)).toBeVisible();
  await expect(step(explorer, /Sees the sign-in page/)).toHaveCount(0);
  await explorer.getByLabel('Kind').selectOption('All kinds');
  for (const [button, expected] of [
    ['Mermaid', 'shop->>idp: Exchanges the code for tokens'],
    ['HAR', '"startedDateTime"'],
    ['Save', '"format":"one-login-diagram"'],
  ] as const) {
    const text = await saved(explorer, button);
    expect(text).toContain(expected);
    expect(text).not.toMatch(/eyJ|quiet comets|ada@example\.com|Ada Marlowe/);
  }
  await explorer.getByRole('button', { name: 'Step through again' }).click();
  await expect(explorer.getByRole('status')).toContainText('Paused · 1 step');
  await explorer.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(explorer.getByRole('status')).toContainText('Paused · 2 steps');
  const again = await openAgain(explorer);
  await expect(again.getByRole('status')).toContainText('from diagram.json');
  await expect(flow(again, 'Ada signs in at the shop')).toBeVisible();
});

async function saved(explorer: Page, button: string): Promise<string> {
  const download = explorer.waitForEvent('download');
  await explorer.getByRole('button', { name: button, exact: true }).click();
  return readFile(await (await download).path(), 'utf8');
}

/** The diagram as a colleague sees it who got the file. */
async function openAgain(explorer: Page): Promise<Page> {
  const buffer = Buffer.from(await saved(explorer, 'Save'));
  await explorer.reload();
  await explorer
    .getByLabel('A saved diagram')
    .setInputFiles({ name: 'diagram.json', mimeType: 'application/json', buffer });
  return explorer;
}

test('the first visit is guided by six stops that wait for the person’s own clicks', async ({
  page,
  onShop,
  onBlog,
  stack,
}) => {
  const explorer = await page.context().newPage();
  await explorer.goto(stack.explorer ?? '');
  const tour = explorer.getByRole('region').filter({ hasText: /Tour · \d of 6|You have seen/ });
  const person = createPerson(stack, 'ada');
  await expect(tour).toBeVisible();
  await onShop.open();
  await onShop.signInLink.click();
  await person.fillSignIn(page);
  await onShop.expectGreeting(person);
  await expect(tour).toContainText('Tour · 4 of 6');
  await step(explorer, /Comes back with the provider’s answer/).click();
  await expect(tour).toContainText('Tour · 5 of 6');
  await onBlog.open();
  await onBlog.expectGreeting(person);
  await expect(tour).toContainText('Tour · 6 of 6');
  await onBlog.signOutButton.click();
  await expect(tour).toContainText('You have seen a whole single sign-on');
});

test('what a story did is in its report, as a page that draws itself without a server', async ({
  page,
  onShop,
  stack,
}, testInfo) => {
  const began = Date.now();
  await signInByForm(onShop, stack, 'ada');
  await attachDiagram(testInfo, stack, began);
  const attached = testInfo.attachments.find(({ name }) => name === 'diagram');
  await page.goto(`file://${attached?.path ?? ''}`);
  await expect(page.getByRole('status')).toContainText('from this report');
  await expect(flow(page, 'Ada signs in at the shop')).toBeVisible();
  await step(page, /Comes back with the provider’s answer/).click();
  await expect(page.getByRole('heading', { name: 'ID token', exact: true })).toBeVisible();
});
