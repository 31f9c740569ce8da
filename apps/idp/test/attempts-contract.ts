import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store, AttemptBudget } from '../src/store/index.ts';
import { NOW, unique } from './store-samples.ts';

const WINDOW = 900;

const budgetOf = (limit: number): AttemptBudget => ({ key: unique('budget'), limit, windowSeconds: WINDOW });

const sighting = (change: object) => ({
  deviceHash: unique('device'),
  accountHash: unique('account'),
  formerHash: undefined,
  now: NOW,
  expiresAt: NOW + 100,
  ...change,
});

/** What every engine must do to count tries and to know browsers. */
export function describeAttempts(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  let counter = 0;
  const tryAt = (at: number) => ({ id: String((counter += 1)).padStart(8, '0'), at });

  /** Takes a place and says which try it was. */
  async function take(budget: AttemptBudget, at = NOW) {
    const one = tryAt(at);
    return (await store.reserveAttempt(budget, one)) ? one : undefined;
  }
  async function fail(budget: AttemptBudget, at = NOW) {
    const one = await take(budget, at);
    if (one) await store.recordFailedAttempt(budget.key, one);
    return one !== undefined;
  }

  describe('a budget of tries', () => {
    it('G14 gives 1 000 parallel tries no more than its places', async () => {
      const budget = budgetOf(10);
      const taken = await Promise.all(Array.from({ length: 1000 }, () => take(budget)));
      expect(taken.filter(Boolean)).toHaveLength(10);
    });

    it('is a sliding window: never more than its places in any such span', async () => {
      const budget = budgetOf(3);
      const taken: number[] = [];
      for (const second of [0, 899, 899, 899, 900, 901, 1798, 1799, 1799, 1800]) {
        if (await fail(budget, NOW + second)) taken.push(second);
      }
      expect(taken).toEqual([0, 899, 899, 900, 1799, 1799, 1800]);
    });

    it('is whole again after its window, whatever its row still holds', async () => {
      const budget = budgetOf(2);
      await fail(budget);
      await fail(budget);
      expect([await fail(budget, NOW + 899), await fail(budget, NOW + 900)]).toEqual([false, true]);
    });

    it('gets back the place of a try that succeeded', async () => {
      const budget = budgetOf(2);
      await fail(budget);
      for (const second of [1, 2, 3]) {
        const one = await take(budget, NOW + second);
        expect(one).toBeDefined();
        if (one) await store.releaseAttempt(budget.key, one);
      }
      expect([await fail(budget), await fail(budget)]).toEqual([true, false]);
    });

    it('tells open tries from failed ones, and when a place will be free', async () => {
      const budget = budgetOf(2);
      expect(await store.findBudgetUse(budget, NOW)).toEqual({ open: 0, freeAt: NOW });
      await fail(budget, NOW);
      await take(budget, NOW + 5);
      expect(await store.findBudgetUse(budget, NOW + 6)).toEqual({ open: 1, freeAt: NOW + WINDOW });
    });

    it('G16 counts a try whose process died as failed', async () => {
      const budget = budgetOf(1);
      await take(budget);
      expect(await store.findBudgetUse(budget, NOW + 61)).toEqual({ open: 0, freeAt: NOW + WINDOW });
    });

    it('may shrink and grow from one start to the next', async () => {
      const budget = budgetOf(4);
      for (const second of [0, 1, 2, 3]) await fail(budget, NOW + second);
      expect(await fail({ ...budget, limit: 2 }, NOW + 4)).toBe(false);
      expect(await store.findBudgetUse({ ...budget, limit: 2 }, NOW + 4)).toEqual({
        open: 0,
        freeAt: NOW + 2 + WINDOW,
      });
      expect(await fail({ ...budget, limit: 5 }, NOW + 4)).toBe(true);
    });

    it('is swept away after its window and not before', async () => {
      const budget = budgetOf(1);
      await fail(budget);
      await store.sweep(NOW + WINDOW - 1);
      expect(await fail(budget, NOW + WINDOW - 1)).toBe(false);
      await store.sweep(NOW + WINDOW);
      expect(await store.findBudgetUse(budget, NOW)).toEqual({ open: 0, freeAt: NOW });
    });
  });

  describe('a known browser', () => {
    const bounds = { accountsPerDevice: 2, devicesPerAccount: 2 };
    it('is known for its account until it expires', async () => {
      const one = sighting({});
      await store.rememberDevice(one, bounds);
      expect(await store.isKnownDevice(one, NOW + 99)).toBe(true);
      expect(await store.isKnownDevice(one, NOW + 100)).toBe(false);
      expect(await store.isKnownDevice({ ...one, accountHash: unique('other') }, NOW)).toBe(false);
    });

    it('takes its accounts along to a new secret, and the old one is worth nothing', async () => {
      const first = sighting({});
      const second = sighting({ formerHash: first.deviceHash, now: NOW + 1 });
      await store.rememberDevice(first, bounds);
      await store.rememberDevice(second, bounds);
      expect(await store.isKnownDevice(first, NOW)).toBe(false);
      expect(await store.isKnownDevice({ ...first, deviceHash: second.deviceHash }, NOW)).toBe(true);
      expect(await store.isKnownDevice(second, NOW)).toBe(true);
    });

    it('keeps the latest accounts only, and an account its latest browsers only', async () => {
      const browser = unique('device');
      const account = unique('account');
      const accounts = [0, 1, 2].map((second) => sighting({ deviceHash: browser, now: NOW + second }));
      const browsers = [0, 1, 2].map((second) => sighting({ accountHash: account, now: NOW + second }));
      for (const one of [...accounts, ...browsers]) await store.rememberDevice(one, bounds);
      const known = (list: typeof accounts) => Promise.all(list.map((one) => store.isKnownDevice(one, NOW)));
      expect(await known(accounts)).toEqual([false, true, true]);
      expect(await known(browsers)).toEqual([false, true, true]);
    });
  });
}
