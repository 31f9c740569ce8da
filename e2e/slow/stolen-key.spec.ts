import { apps } from '@sso/domains';
import { decodeProtectedHeader } from 'jose';
import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { publishedKids, revokeKey } from '../support/signing-keys.ts';
import { askForTokens, tokensOf } from '../support/tokens.ts';

const test = withOwnStack({ name: 'e2e-stolen-key' });

/** The provider's nodes look at their keys every five seconds. */
const NODES_KNOW = { timeout: 10_000 };

test('T-39: a stolen signing key is revoked, what it signed opens nothing, and nobody types a passphrase again', async ({
  stack,
  page,
  onShop,
  onBlog,
  signIn,
}) => {
  const ada = await signIn('ada');
  const { access_token: stolen, refresh_token } = await tokensOf(stack, 'shop', 'ada');
  const { kid = '' } = decodeProtectedHeader(stolen);
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: stolen,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: apps.blog.audience,
  };
  await askForTokens(stack, 'shop', exchange);

  expect(await revokeKey(stack, kid)).toBe(`ES256: ${kid} is revoked\n`);

  await expect.poll(() => publishedKids(stack), NODES_KNOW).not.toContain(kid);
  await expect(askForTokens(stack, 'shop', exchange)).rejects.toThrow('token endpoint: 400');
  const fresh = await askForTokens(stack, 'shop', { grant_type: 'refresh_token', refresh_token });
  expect(decodeProtectedHeader(fresh.access_token).kid).not.toBe(kid);

  const forms: string[] = [];
  page.on('framenavigated', (frame) => {
    if (frame.url().includes('/sign-in/')) forms.push(frame.url());
  });
  await onShop.open('/');
  await onShop.expectGreeting(ada);
  await onBlog.open('/');
  await onBlog.expectGreeting(ada);
  expect(forms).toEqual([]);
});
