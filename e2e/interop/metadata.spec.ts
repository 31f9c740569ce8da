import { expect, test } from '../fixtures/test.ts';
import { createStranger } from '../support/stranger.ts';
import type { Check } from './walk/check.ts';
import { endpoints } from './walk/endpoints.ts';
import { lists } from './walk/lists.ts';
import { switches } from './walk/switches.ts';

/** Every member the provider announces, and what is done about it. */
const checks: Readonly<Record<string, Check>> = { ...endpoints, ...lists, ...switches };

test.describe('what discovery announces', () => {
  test('is something that is tried below, to the last member', async ({ estate }) => {
    const { metadata } = await createStranger(estate);
    expect(Object.keys(metadata).toSorted()).toEqual(Object.keys(checks).toSorted());
  });

  test('is the same for OAuth clients (RFC 8414)', async ({ estate }) => {
    const { metadata } = await createStranger(estate);
    const oauth = await fetch(`${estate.origins.idp}/.well-known/oauth-authorization-server`);
    expect(await oauth.json()).toEqual(metadata);
  });

  for (const [member, check] of Object.entries(checks)) {
    test(`works: ${member}`, async ({ estate }) => {
      const stranger = await createStranger(estate);
      await check(stranger, stranger.metadata[member]);
    });
  }
});
