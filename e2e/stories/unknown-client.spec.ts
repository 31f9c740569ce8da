import { expect, test } from '../fixtures/test.ts';
import { expectNoAxeViolation } from '../support/accessible.ts';
import { requireInitialAccessToken } from '../support/foreign-clients.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { send } from '../support/send.ts';

/** A client that somebody registered by themselves, with the shop's front page as its return address. */
async function register({ origins }: StackInfo): Promise<Record<string, string>> {
  const authorization = `Bearer ${requireInitialAccessToken()}`;
  const answer = await send(`${origins.idp}/register`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Bargain Lamps', redirect_uris: [`${origins.shop}/`] }),
  });
  const client: Record<string, string> = await answer.json();
  return client;
}

test('L-05 a link with a mistake that a stranger made ends at a page, and goes on by a person’s press only', async ({
  page,
  stack,
}) => {
  const { idp, shop } = stack.origins;
  const { client_id = '' } = await register(stack);
  const mistaken = { client_id, redirect_uri: `${shop}/`, response_type: 'token', state: 'theirs' };
  await page.goto(`${idp}/authorize?${new URLSearchParams(mistaken).toString()}`);

  await expect(page).toHaveURL(/^https:\/\/idp\.localhost/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/can’t be answered/);
  await expect(page.getByText('Bargain Lamps')).toBeVisible();
  const { host } = new URL(shop);
  await expect(page.getByRole('alert')).toContainText(`The answer would go to ${host}`);
  await expectNoAxeViolation(page);

  await page.getByRole('link', { name: `Go on to ${host}` }).click();

  await expect(page).toHaveURL((url) => url.searchParams.get('error') === 'unsupported_response_type');
  expect(new URL(page.url()).searchParams.get('state')).toBe('theirs');
});
