import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { keyOf, NOW, unique } from './store-samples.ts';

/** What every engine must do with signing keys. */
export function describeSigningKeys(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('signing keys', () => {
    it('G12 step up and down together, and only for whoever rotates first', async () => {
      const alg = unique('alg');
      const [current, next] = [keyOf(alg, 'current'), keyOf(alg, 'next')];
      expect(await store.addFirstKeys([current, next])).toBe(true);
      expect(await store.addFirstKeys([keyOf(alg, 'current')])).toBe(false);
      const newKey = { kid: unique('new'), publicJwk: { kty: 'EC' }, sealedJwk: 'sealed' };
      const rotation = {
        alg,
        nextKid: next.kid,
        newKey,
        now: NOW + 1,
        activatedAt: NOW + 1,
        publishedUntil: NOW + 600,
      };
      expect(await store.rotateSigningKey(rotation)).toBe(true);
      expect(await store.rotateSigningKey({ ...rotation, newKey: { ...newKey, kid: unique('late') } })).toBe(
        false,
      );
      const states = async (now: number) =>
        (await store.listSigningKeys(now))
          .filter((one) => one.alg === alg)
          .map(({ kid, state }) => [kid, state]);
      expect(Object.fromEntries(await states(NOW + 2))).toEqual({
        [current.kid]: 'retired',
        [next.kid]: 'current',
        [newKey.kid]: 'next',
      });
      expect((await states(NOW + 600)).length).toBe(2);
    });
  });
}
