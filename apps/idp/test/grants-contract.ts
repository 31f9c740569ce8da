import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { grantOf, NOW, openedGrant, unique } from './store-samples.ts';

/** What every engine must do with grants. */
export function describeGrants(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('a grant', () => {
    it('remembers which scopes were refused, and one of an earlier release remembers none', async () => {
      const { grant: earlier, session, person } = await openedGrant(store);
      expect(earlier.details.refusedScope).toBeUndefined();
      const details = { ...earlier.details, refusedScope: ['email', 'calendar.read'] };
      const grant = { ...grantOf(person.sub, session.id), details };
      await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
      expect((await store.findActiveGrant(grant.id, NOW))?.grant).toEqual(grant);
      expect((await store.findActiveGrant(earlier.id, NOW))?.grant).toEqual(earlier);
    });
  });

  describe('a grant stands', () => {
    it('while its session lives', async () => {
      const { grant, person, session } = await openedGrant(store);
      const { sub, username, roles, claims, updatedAt } = person;
      expect(await store.findActiveGrant(grant.id, NOW)).toEqual({
        grant,
        person: { sub, username, roles, claims, updatedAt },
        allowedScope: undefined,
        signedOn: true,
      });
      await store.endSession(session.id, { ending: 'sign-out', now: NOW });
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
    });

    it('beyond its session when it is offline', async () => {
      const { grant, session } = await openedGrant(store, true);
      await store.endSession(session.id, { ending: 'sign-out', now: NOW });
      expect(await store.findActiveGrant(grant.id, NOW)).toBeDefined();
    });

    it('K-07 no longer when it is revoked, expired or its person disabled', async () => {
      const [revoked, expired, disabled] = [
        await openedGrant(store),
        await openedGrant(store),
        await openedGrant(store),
      ];
      expect(await store.revokeGrant(revoked.grant.id, NOW)).toBe(true);
      expect(await store.revokeGrant(revoked.grant.id, NOW)).toBe(false);
      await store.setDisabled(disabled.person.username, true, NOW);
      expect(await store.findActiveGrant(revoked.grant.id, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(expired.grant.id, expired.grant.expiresAt)).toBeUndefined();
      expect(await store.findActiveGrant(disabled.grant.id, NOW)).toBeUndefined();
    });
  });
}
