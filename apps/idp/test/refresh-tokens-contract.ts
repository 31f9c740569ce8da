import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { NOW, openedGrant, redemptionOf, rotationOf, unique } from './store-samples.ts';

/** What every engine must do with refresh tokens. */
export function describeRefreshTokens(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('refresh tokens', () => {
    it('K-03 of 10 parallel rotations exactly one wins, and its answer is what the others find', async () => {
      const { codeHash } = await openedGrant(store);
      const familyHash = unique('family');
      await store.consumeCode(redemptionOf(codeHash, { familyHash, tokenHash: 'first' }));
      const rotations = Array.from({ length: 10 }, (_, index) =>
        rotationOf(familyHash, 'first', `second-${index}`),
      );
      const won = await Promise.all(rotations.map((rotation) => store.rotateRefreshToken(rotation)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const family = await store.findRefreshTokenFamily(familyHash, NOW);
      expect(family).toMatchObject({ previousHash: 'first', rotatedAt: NOW, replayResponse: 'sealed' });
      expect(family?.currentHash).toBe(`second-${won.indexOf(true)}`);
    });

    it('can no longer rotate when the grant is revoked', async () => {
      const { codeHash, grant } = await openedGrant(store);
      const familyHash = unique('family');
      await store.consumeCode(redemptionOf(codeHash, { familyHash, tokenHash: 'first' }));
      await store.revokeGrant(grant.id, NOW);
      expect(await store.rotateRefreshToken(rotationOf(familyHash, 'first', 'second'))).toBe(false);
      expect(await store.findRefreshTokenFamily(familyHash, NOW)).toBeUndefined();
    });
  });
}
