import { beforeAll, describe, expect, it } from 'vitest';
import { type Store, SWEPT_AT_ONCE } from '../src/store/index.ts';
import {
  grantOf,
  interactionOf,
  NOW,
  openedGrant,
  redemptionOf,
  signedIn,
  unique,
  sweepAway,
} from './store-samples.ts';

/** Long before anything of another test is over. */
const LONG_AGO = NOW - 1_000_000;

/** What every engine must do to forget what is over, and what nobody can use any more. */
export function describeSweep(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('sweeping', () => {
    it('F-14 takes a bounded number of rows at a time, until none is left that is over', async () => {
      const rest = 7;
      for (let count = 0; count < 2 * SWEPT_AT_ONCE + rest; count += 1)
        await store.addInteraction({ ...interactionOf(), expiresAt: LONG_AGO });
      expect(await store.sweep(LONG_AGO - 1)).toBe(0);
      const swept = [await store.sweep(LONG_AGO), await store.sweep(LONG_AGO), await store.sweep(LONG_AGO)];
      expect(swept).toEqual([SWEPT_AT_ONCE, SWEPT_AT_ONCE, rest]);
      expect(await store.sweep(LONG_AGO)).toBe(0);
    });

    it('counts the rows of all tables together', async () => {
      const own = { key: unique('budget'), limit: 1, windowSeconds: 10 };
      await store.reserveAttempt(own, { id: '00000000', at: LONG_AGO - 10 });
      await store.consumeAssertion(unique('jti'), LONG_AGO);
      await store.revokeToken(unique('jti'), LONG_AGO);
      const known = { deviceHash: unique('device'), accountHash: unique('account'), formerHash: undefined };
      const bounds = { accountsPerDevice: 1, devicesPerAccount: 1 };
      await store.rememberDevice({ ...known, now: LONG_AGO - 10, expiresAt: LONG_AGO }, bounds);
      for (let count = 0; count < SWEPT_AT_ONCE - 2; count += 1)
        await store.addInteraction({ ...interactionOf(), expiresAt: LONG_AGO });
      expect([await store.sweep(LONG_AGO), await store.sweep(LONG_AGO)]).toEqual([SWEPT_AT_ONCE, 2]);
    });

    it('takes nothing that still counts', async () => {
      const { grant, session } = await openedGrant(store);
      await sweepAway(store, NOW);
      expect(await store.findActiveGrant(grant.id, NOW)).toBeDefined();
      expect(await store.findSession(session.id, NOW)).toBeDefined();
    });

    it('F-14 takes a grant with its code where nobody has redeemed that, and keeps one where somebody has', async () => {
      const [unredeemed, redeemed] = [await openedGrant(store), await openedGrant(store)];
      await store.consumeCode(redemptionOf(redeemed.codeHash));
      await sweepAway(store, NOW + 59);
      expect(await store.findIssuedCode(unredeemed.grant.id)).toBeDefined();
      await sweepAway(store, NOW + 60);
      expect(await store.findIssuedCode(unredeemed.grant.id)).toBeUndefined();
      expect(await store.findActiveGrant(redeemed.grant.id, NOW + 60)).toBeDefined();
    });
  });

  describe('the grants of a sign-on session', () => {
    it('F-14 are bounded: the oldest codes leave, and redeemed grants that were used longest ago', async () => {
      const { person, session } = await signedIn(store);
      const grantAt = async (second: number, redeemedBy?: string) => {
        const grant = { ...grantOf(person.sub, session.id), clientId: redeemedBy ?? 'shop' };
        const hash = unique('code');
        await store.openGrant(grant, { hash, expiresAt: NOW + second + 60 }, NOW);
        if (redeemedBy !== undefined)
          await store.consumeCode(redemptionOf(hash, { clientId: redeemedBy, now: NOW + second }));
        return grant.id;
      };
      const codes = [await grantAt(1), await grantAt(2), await grantAt(3)];
      const shop = [await grantAt(1, 'shop'), await grantAt(3, 'shop'), await grantAt(2, 'shop')];
      const blog = [await grantAt(1, 'blog'), await grantAt(2, 'blog'), await grantAt(3, 'blog')];
      await store.displaceGrants({ sessionId: session.id, clientId: 'shop', codes: 2, redeemed: 2 });
      expect(await areThere(codes)).toEqual([false, true, true]);
      expect(await areThere(shop)).toEqual([false, true, true]);
      expect(await areThere(blog)).toEqual([true, true, true]);
    });

    it('of another session stay', async () => {
      const { grant } = await openedGrant(store);
      const other = await signedIn(store);
      await store.displaceGrants({ sessionId: other.session.id, clientId: 'shop', codes: 0, redeemed: 0 });
      expect(await areThere([grant.id])).toEqual([true]);
    });
  });

  async function areThere(ids: readonly string[]): Promise<boolean[]> {
    return Promise.all(ids.map(async (id) => (await store.findIssuedCode(id)) !== undefined));
  }
}
