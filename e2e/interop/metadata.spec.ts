import { expect, test } from '../fixtures/test.ts';
import { createGenericClient } from '../support/generic-client.ts';
import type { Check } from './metadata-checks/check.ts';
import { endpoints } from './metadata-checks/endpoints.ts';
import { lists } from './metadata-checks/lists.ts';
import { switches } from './metadata-checks/switches.ts';

/** Every member that the provider announces, with its check. */
const checks: Readonly<Record<string, Check>> = { ...endpoints, ...lists, ...switches };

test.describe('what discovery announces', () => {
  test('is something that is tried below, to the last member', async ({ stack }) => {
    const { metadata } = await createGenericClient(stack);
    expect(Object.keys(metadata).toSorted()).toEqual(Object.keys(checks).toSorted());
  });

  test('is the same for OAuth clients (RFC 8414)', async ({ stack }) => {
    const { metadata } = await createGenericClient(stack);
    const oauth = await fetch(`${stack.origins.idp}/.well-known/oauth-authorization-server`);
    expect(await oauth.json()).toEqual(metadata);
  });

  for (const [member, check] of Object.entries(checks)) {
    test(`works: ${member}`, async ({ stack }) => {
      const client = await createGenericClient(stack);
      await check(client, client.metadata[member]);
    });
  }
});
