import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { grantOf, NOW, openedGrant, personOf, sessionOf, sweepAway, unique } from './store-samples.ts';

/** What every engine must do with tokens that count no more. */
export function describeTokenIds(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('a client assertion', () => {
    it('counts once, of 10 parallel tries too', async () => {
      const id = unique('assertion');
      const tries = Array.from({ length: 10 }, () => store.consumeAssertion(id, NOW + 60));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    it('is forgotten after its end, when it is worth nothing anyway, and not before', async () => {
      const id = unique('assertion');
      await store.consumeAssertion(id, NOW - 5000);
      await sweepAway(store, NOW - 5001);
      expect(await store.consumeAssertion(id, NOW - 5000)).toBe(false);
      await sweepAway(store, NOW - 5000);
      expect(await store.consumeAssertion(id, NOW + 60)).toBe(true);
    });
  });

  it('D-03 takes a proof once, of ten that come at the same moment, until its end', async () => {
    const key = unique('proof');
    const taken = await Promise.all(Array.from({ length: 10 }, () => store.consumeProof(key, NOW - 5000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await store.consumeAssertion(key, NOW + 60)).toBe(true);
    await sweepAway(store, NOW - 5000);
    expect(await store.consumeProof(key, NOW + 60)).toBe(true);
  });

  describe('T-36 a revoked token', () => {
    it('is known as such until its end, however often it is revoked', async () => {
      const jti = unique('jti');
      expect(await store.isTokenRevoked(jti)).toBe(false);
      await store.revokeToken(jti, NOW - 5000);
      await store.revokeToken(jti, NOW - 5000);
      expect(await store.isTokenRevoked(jti)).toBe(true);
      await sweepAway(store, NOW - 5000);
      expect(await store.isTokenRevoked(jti)).toBe(false);
    });

    it('stands no longer, while others of its grant do', async () => {
      const person = personOf();
      const session = sessionOf(person.sub);
      const grant = grantOf(person.sub, session.id);
      const [mine, other] = [unique('jti'), unique('jti')];
      await store.addPerson(person, NOW);
      await store.openSession(session, unique('cookie'), person.passwordHash);
      await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
      expect((await store.findActiveGrantOfToken(grant.id, { jti: mine }, NOW))?.grant).toEqual(grant);
      await store.revokeToken(mine, NOW + 600);
      expect(await store.findActiveGrantOfToken(grant.id, { jti: mine }, NOW)).toBeUndefined();
      expect(await store.findActiveGrantOfToken(grant.id, { jti: other }, NOW)).toBeDefined();
      await store.revokeGrant(grant.id, NOW);
      expect(await store.findActiveGrantOfToken(grant.id, { jti: other }, NOW)).toBeUndefined();
    });

    it('T-40 takes what it was exchanged for with it, not the other way round', async () => {
      const { grant } = await openedGrant(store);
      const [parentJti, jti] = [unique('parent'), unique('child')];
      const isActive = async (token: { jti: string; parentJti?: string }) =>
        (await store.findActiveGrantOfToken(grant.id, token, NOW)) !== undefined;
      await store.revokeToken(jti, NOW + 600);
      expect([await isActive({ jti, parentJti }), await isActive({ jti: parentJti })]).toEqual([false, true]);
      await store.revokeToken(parentJti, NOW + 600);
      const sibling = { jti: unique('child'), parentJti };
      expect([await isActive(sibling), await isActive({ jti, parentJti })]).toEqual([false, false]);
    });
  });
}
