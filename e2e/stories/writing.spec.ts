import { expect, type Page, signInAt, test } from '../fixtures/test.ts';
import { expectNoAxeViolation, expectNoSidewaysScrolling } from '../support/accessible.ts';
import { commentAs, withDraft } from '../support/blog-writing.ts';

const main = (page: Page) => page.getByRole('main');

const text = {
  Title: 'Under the Milky Way',
  Topic: 'The sky',
  Summary: 'A band of light that most people have never seen.',
  Text: '## Where\n\nAway from **lamps**, with [a red one](shop:red-headlamp).\n\n<script>alert(1)</script>\n\n[go](javascript:alert(1))',
};

async function fillDraft(page: Page, changes: Partial<typeof text> = {}): Promise<void> {
  for (const [label, value] of Object.entries({ ...text, ...changes })) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

test.describe('an author', () => {
  test('A-11 writes a draft, sees it as readers will, changes it and deletes it', async ({
    page,
    stack,
    onBlog,
  }) => {
    const { blog } = stack.origins;
    await signInAt(onBlog, stack, 'noor');
    await page.getByRole('banner').getByRole('link', { name: 'Drafts' }).click();
    await main(page).getByRole('link', { name: 'Write a note' }).click();
    await fillDraft(page);
    await page.getByRole('button', { name: 'Begin the draft' }).dblclick();
    await expect(main(page).getByRole('status')).toContainText('Saved');
    await main(page).getByRole('link', { name: 'See it as readers will' }).click();
    await expect(page.getByRole('heading', { name: 'Where', level: 2 })).toBeVisible();
    await expect(main(page)).toContainText('by Noor');
    await expect(main(page)).toContainText('<script>alert(1)</script>');
    await expect(main(page).getByRole('link', { name: 'go', exact: true })).toHaveCount(0);
    await expect(main(page).getByRole('article').getByRole('link', { name: 'a red one' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Publish it' })).toHaveCount(0);

    await main(page).getByRole('link', { name: 'Change it' }).click();
    await page.getByLabel('Title', { exact: true }).fill('Under the whole Milky Way');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Under the whole Milky Way');

    await page.goto(`${blog}/drafts`);
    await expect(main(page).getByRole('link', { name: /Milky Way/ })).toHaveCount(1);
    await main(page)
      .getByRole('link', { name: /Milky Way/ })
      .click();
    await main(page).getByRole('link', { name: 'Change it' }).click();
    await page.getByText('Delete this draft').click();
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await expect(main(page)).toContainText('The draft is deleted');
  });

  test('A-09 loses nothing where the draft was saved in another tab meanwhile', async ({
    page,
    stack,
    onBlog,
  }) => {
    await signInAt(onBlog, stack, 'noor');
    await withDraft(stack, async (slug) => {
      const address = `${stack.origins.blog}/drafts/${slug}`;
      await page.goto(address);
      const other = await page.context().newPage();
      await other.goto(address);
      await other.getByLabel('Text', { exact: true }).fill('Words of the other tab.');
      await other.getByRole('button', { name: 'Save the draft' }).click();
      await expect(other.getByRole('main')).toContainText('Saved');

      await page.getByLabel('Text', { exact: true }).first().fill('Words of this tab.');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'another tab' })).toBeVisible();
      await expect(page.locator('#body')).toHaveValue('Words of this tab.');
      await page.getByText('What was saved in the other tab').click();
      await expect(page.locator('#stored-body')).toHaveValue('Words of the other tab.');
      await expectNoAxeViolation(page);
      await page.getByLabel('Title', { exact: true }).fill(' ');
      await page.getByRole('button', { name: 'Save mine in its place' }).click();
      await expect(page.getByText('Title is missing.')).toBeVisible();
      await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved yet' })).toBeFocused();
      await page.getByLabel('Title', { exact: true }).fill('A comet');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await expect(main(page).getByRole('status')).toContainText('Saved');
      await expect(page.locator('#body')).toHaveValue('Words of this tab.');
    });
  });

  test('is told beside the field what is wrong, and keeps what was typed', async ({
    page,
    stack,
    onBlog,
  }) => {
    await signInAt(onBlog, stack, 'noor');
    await page.goto(`${stack.origins.blog}/drafts/new`);
    await fillDraft(page, { Title: '   ', Text: '+ '.repeat(5000) });
    await page.getByRole('button', { name: 'Begin the draft' }).click();
    await expect(page.getByText('Title is missing.')).toBeVisible();
    await expect(page.getByText('Text has lists or quotes more than 12 deep.')).toBeVisible();
    await expect(page.getByLabel('Summary', { exact: true })).toHaveValue(text.Summary);
    await expectNoAxeViolation(page);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has an editor that fits a phone and has no axe violation in ${colorScheme}`, async ({
      page,
      stack,
      onBlog,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await signInAt(onBlog, stack, 'noor');
      for (const path of ['/drafts', '/drafts/new']) {
        await page.goto(stack.origins.blog + path);
        await expectNoSidewaysScrolling(page);
        await expectNoAxeViolation(page);
      }
    });
  }
});

test('an editor reads a draft, publishes it and takes it back, by the keyboard', async ({
  page,
  stack,
  onBlog,
}) => {
  await signInAt(onBlog, stack, 'mira');
  await withDraft(
    stack,
    async (slug) => {
      await page.goto(`${stack.origins.blog}/drafts`);
      await main(page).getByRole('link', { name: 'For the editor' }).click();
      await expect(main(page).getByRole('link', { name: 'Change it' })).toHaveCount(0);
      await page.getByRole('button', { name: 'Publish it' }).press('Enter');
      await expect(main(page)).toContainText('It is published');
      await expect(page.getByRole('heading', { name: 'Comments' })).toBeVisible();
      await page.getByRole('button', { name: 'Take it back' }).press('Enter');
      await expect(main(page)).toContainText('It is a draft again');
      await expect(page).toHaveURL(new RegExp(`/notes/${slug}`));
    },
    'For the editor',
  );
});

test('a reader comments once, though the button is pressed twice, and a moderator hides it and shows it again', async ({
  page,
  browser,
  stack,
  onBlog,
}) => {
  const address = `${stack.origins.blog}/notes/the-first-half-hour`;
  const words = 'Half an hour, and not a minute less.';
  await signInAt(onBlog, stack, 'ben');
  await page.goto(address);
  await page.getByLabel('Your comment').fill(words);
  await page.getByRole('button', { name: 'Comment', exact: true }).dblclick();
  await expect(main(page)).toContainText('Your comment is here');
  const comment = page.getByRole('listitem').filter({ hasText: words });
  await expect(comment).toHaveCount(1);
  await expect(comment).toContainText('Ben');
  await expect(page.getByLabel('Your comment')).toHaveValue('');
  await expect(page.getByRole('button', { name: /^Hide/ })).toHaveCount(0);

  const context = await browser.newContext();
  const desk = await context.newPage();
  await desk.goto(address);
  await desk.getByRole('link', { name: 'Sign in to comment' }).click();
  await desk.getByLabel('Username').fill('kit');
  await desk
    .getByLabel('Passphrase')
    .fill(stack.people.find(({ username }) => username === 'kit')?.password ?? '');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  const seen = desk.getByRole('listitem').filter({ hasText: words });
  await seen.getByRole('button', { name: /^Hide/ }).click();
  await expect(seen).toContainText('Hidden');
  await expectNoAxeViolation(desk);
  await page.goto(address);
  await expect(main(page)).not.toContainText(words);
  await expect(main(page)).toContainText('A moderator has hidden this comment');
  await seen.getByRole('button', { name: /^Show again/ }).click();
  await expect(seen.getByRole('button', { name: /^Hide/ })).toBeVisible();
  await page.goto(address);
  await expect(main(page)).toContainText(words);
  await context.close();
});

test('somebody without a role reads, and is told what is missing and what would help', async ({
  page,
  stack,
  onBlog,
}) => {
  const { blog } = stack.origins;
  await commentAs(stack, 'ada', 'ten-by-fifty', 'Mine are heavier.');
  await signInAt(onBlog, stack, 'theo');
  await page.goto(`${blog}/notes/ten-by-fifty`);
  await expect(main(page)).toContainText('Mine are heavier.');
  await expect(main(page)).toContainText('This account may not comment');
  await expect(main(page)).toContainText('blog:comments.write');
  await expect(page.getByLabel('Your comment')).toHaveCount(0);
  for (const path of ['/drafts', '/drafts/new', '/drafts/drawing-jupiter']) {
    const answer = await page.goto(blog + path);
    expect(answer?.status(), path).toBe(403);
    await expect(main(page)).toContainText('blog:drafts.write');
    await expect(main(page)).toContainText('author');
  }
});

test('A-01 an author does not find the draft of somebody else', async ({ page, stack, onBlog }) => {
  await signInAt(onBlog, stack, 'noor');
  for (const path of ['/drafts/drawing-jupiter', '/notes/drawing-jupiter']) {
    const answer = await page.goto(stack.origins.blog + path);
    expect(answer?.status(), path).toBe(404);
  }
});
