import { beforeAll, describe, expect, it } from 'vitest';
import type { NewKey, Store } from '../src/store/index.ts';
import { keyOf, NOW, unique } from './store-samples.ts';

const newKey = (): NewKey => ({ kid: unique('new'), publicJwk: { kty: 'EC' }, sealedJwk: 'sealed' });

/** What revoking a signing key does on any engine. */
export function describeKeyRevocation(open: () => Promise<Store>): void {
  describe('T-39 revoking a signing key', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });

    const revoke = (kid: string) => store.revokeKey({ kid, now: NOW + 5, replacement: newKey() });
    const statesOf = async (alg: string, now = NOW + 6) =>
      (await store.listSigningKeys(now))
        .filter((key) => key.alg === alg)
        .map(({ kid, state }) => ({ kid, state }));
    const pastKeys = async () => (await store.listPastKeys(NOW + 600)).length;
    const firstKeys = async () => {
      const alg = unique('alg');
      const [current, next] = [keyOf(alg, 'current'), keyOf(alg, 'next')];
      await store.addFirstKeys([current, next]);
      const rotate = (activatedAt = NOW + 1) =>
        store.rotateSigningKey({
          alg,
          nextKid: next.kid,
          newKey: newKey(),
          now: NOW + 1,
          activatedAt,
          publishedUntil: NOW + 600,
        });
      return { alg, current, next, rotate };
    };

    it('lets the next key sign in place of the current one, and adds another next one', async () => {
      const { alg, current, next } = await firstKeys();
      expect(await revoke(current.kid)).toBe(true);
      expect(await statesOf(alg)).toEqual([
        { kid: next.kid, state: 'current' },
        { kid: expect.any(String), state: 'next' },
      ]);
      const [signing] = await store
        .listSigningKeys(NOW + 6)
        .then((keys) => keys.filter(({ kid }) => kid === next.kid));
      expect(signing?.activatedAt).toBe(NOW + 5);
    });

    it('is for good: a second time changes nothing, nor does a sweep or a rotation bring it back', async () => {
      const { alg, current, rotate } = await firstKeys();
      await rotate();
      await revoke(current.kid);
      expect(await revoke(current.kid)).toBe(false);
      await store.sweep(NOW + 100 * 86_400);
      expect(await store.findKey(current.kid)).toEqual({ kid: current.kid, alg, revokedAt: NOW + 5 });
      expect(await store.listRevokedKeys()).toContainEqual({ kid: current.kid, alg, revokedAt: NOW + 5 });
      expect((await statesOf(alg)).map(({ kid }) => kid)).not.toContain(current.kid);
    });

    it('takes a key of the past out of those that verify hints', async () => {
      const { current, rotate } = await firstKeys();
      await rotate();
      const before = await pastKeys();
      await revoke(current.kid);
      expect(await pastKeys()).toBe(before - 1);
    });

    it('of a retired key that still signs ends the wait of the one that follows', async () => {
      const { alg, current, next, rotate } = await firstKeys();
      await rotate(NOW + 300);
      await revoke(current.kid);
      const keys = (await store.listSigningKeys(NOW + 6)).filter((key) => key.alg === alg);
      expect(keys.find(({ kid }) => kid === next.kid)?.activatedAt).toBe(NOW + 5);
    });

    it('of the next key does not hasten a rotation that waits', async () => {
      const { alg, next, rotate } = await firstKeys();
      await rotate(NOW + 300);
      const [waiting] = (await statesOf(alg)).filter(({ state }) => state === 'next');
      await revoke(waiting?.kid ?? '');
      const keys = (await store.listSigningKeys(NOW + 6)).filter((key) => key.alg === alg);
      expect(keys.find(({ kid }) => kid === next.kid)?.activatedAt).toBe(NOW + 300);
      expect(keys.map(({ state }) => state).toSorted()).toEqual(['current', 'next', 'retired']);
    });

    it('of an unknown key says so', async () => {
      expect(await revoke('nobody')).toBe(false);
      expect(await store.findKey('nobody')).toBeUndefined();
    });

    it.each(Array.from({ length: 10 }, (_, index) => index))(
      'round %i: beside a rotation it leaves one current and one next key, and stays revoked',
      async (round) => {
        const { alg, current, next, rotate } = await firstKeys();
        const stolen = round % 2 === 0 ? current : next;
        await Promise.all([rotate(), revoke(stolen.kid), revoke(stolen.kid), rotate()]);
        const states = await statesOf(alg);
        expect(states.map(({ kid }) => kid)).not.toContain(stolen.kid);
        expect(states.filter(({ state }) => state === 'current')).toHaveLength(1);
        expect(states.filter(({ state }) => state === 'next')).toHaveLength(1);
      },
    );
  });
}
