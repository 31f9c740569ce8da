import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { NOW, type OpenedGrant, openedGrant, redemptionOf, unique } from './store-samples.ts';

/** What every engine must do with authorization codes. */
export function describeCodes(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('codes', () => {
    it('P-05 of 10 parallel redemptions exactly one succeeds', async () => {
      const { codeHash, grant } = await openedGrant(store);
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store.consumeCode(redemptionOf(codeHash))),
      );
      expect(results.filter(Boolean)).toEqual([grant]);
      expect(await store.findGrantOfConsumedCode(codeHash, grant.clientId)).toEqual(grant);
    });

    it('P-06 are neither given to nor spent by another client', async () => {
      const { codeHash } = await openedGrant(store);
      expect(await store.consumeCode(redemptionOf(codeHash, { clientId: 'blog' }))).toBeUndefined();
      expect(await store.findGrantOfConsumedCode(codeHash, 'blog')).toBeUndefined();
      expect(await store.consumeCode(redemptionOf(codeHash))).toBeDefined();
    });

    it('are void once another took their place, in the same row', async () => {
      const { codeHash, grant } = await openedGrant(store);
      const fresh = unique('code');
      const later = { ...grant, details: { ...grant.details, authTime: NOW + 5 } };
      expect(await store.openGrant(later, { hash: fresh, expiresAt: NOW + 65 }, NOW + 5)).toBe(true);
      expect(await store.consumeCode(redemptionOf(codeHash))).toBeUndefined();
      expect(await store.findGrantOfConsumedCode(codeHash, grant.clientId)).toBeUndefined();
      expect(await store.findIssuedCode(grant.id)).toEqual({
        sub: grant.sub,
        sessionId: grant.sessionId,
        isRedeemed: false,
      });
      expect(await store.consumeCode(redemptionOf(fresh, { now: NOW + 64 }))).toEqual(later);
    });

    it.each<readonly [string, (of: OpenedGrant) => Promise<unknown>]>([
      ['that was redeemed', ({ codeHash }) => store.consumeCode(redemptionOf(codeHash))],
      ['whose grant was revoked', ({ grant }) => store.revokeGrant(grant.id, NOW)],
    ])('are not put in the place of one %s', async (_what, end) => {
      const of = await openedGrant(store);
      await end(of);
      const fresh = unique('code');
      expect(await store.openGrant(of.grant, { hash: fresh, expiresAt: NOW + 60 }, NOW)).toBe(false);
      expect(await store.consumeCode(redemptionOf(fresh))).toBeUndefined();
    });

    it.each(['sessionId', 'sub'])('are not put in the place of one of another %s', async (name) => {
      const { codeHash, grant } = await openedGrant(store);
      const fresh = { hash: unique('code'), expiresAt: NOW + 60 };
      expect(await store.openGrant({ ...grant, [name]: unique(name) }, fresh, NOW)).toBe(false);
      expect(await store.consumeCode(redemptionOf(codeHash))).toEqual(grant);
    });

    it.each([1, 2, 3, 4, 5])(
      'P-05 round %i: of a redemption and a replacement at once one succeeds',
      async () => {
        const { codeHash, grant } = await openedGrant(store);
        const fresh = unique('code');
        const [redeemed, replaced] = await Promise.all([
          store.consumeCode(redemptionOf(codeHash)),
          store.openGrant(grant, { hash: fresh, expiresAt: NOW + 60 }, NOW),
        ]);
        expect([redeemed !== undefined, replaced].filter(Boolean)).toHaveLength(1);
        expect((await store.consumeCode(redemptionOf(fresh))) !== undefined).toBe(replaced);
      },
    );

    it('are worth nothing after their time', async () => {
      const { codeHash } = await openedGrant(store);
      expect(await store.consumeCode(redemptionOf(codeHash, { now: NOW + 60 }))).toBeUndefined();
    });
  });
}
