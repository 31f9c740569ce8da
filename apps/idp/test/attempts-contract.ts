import { beforeAll, describe, expect, it } from 'vitest';
import type { Store, AttemptBudget } from '../src/store/index.ts';
import { NOW, unique, sweepAway } from './store-samples.ts';

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

/** What every engine must do to count attempts and to recognise browsers. */
export function describeAttempts(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  let counter = 0;
  const attemptAt = (at: number) => ({ id: String((counter += 1)).padStart(8, '0'), at });

  /** Reserves an attempt and returns it, if the budget allows one more. */
  async function reserve(budget: AttemptBudget, at = NOW) {
    const one = attemptAt(at);
    return (await store.reserveAttempt(budget, one)) ? one : undefined;
  }
  async function fail(budget: AttemptBudget, at = NOW) {
    const one = await reserve(budget, at);
    if (one) await store.recordFailedAttempt(budget.key, one);
    return one !== undefined;
  }

  describe('a budget of attempts', () => {
    it('G14 allows 1 000 parallel attempts no more than its limit', async () => {
      const budget = budgetOf(10);
      const reserved = await Promise.all(Array.from({ length: 1000 }, () => reserve(budget)));
      expect(reserved.filter(Boolean)).toHaveLength(10);
    });

    it('is a sliding window: never more than its limit in any such span', async () => {
      const budget = budgetOf(3);
      const allowed: number[] = [];
      for (const second of [0, 899, 899, 899, 900, 901, 1798, 1799, 1799, 1800]) {
        if (await fail(budget, NOW + second)) allowed.push(second);
      }
      expect(allowed).toEqual([0, 899, 899, 900, 1799, 1799, 1800]);
    });

    it('is whole again after its window, whatever its row still holds', async () => {
      const budget = budgetOf(2);
      await fail(budget);
      await fail(budget);
      expect([await fail(budget, NOW + 899), await fail(budget, NOW + 900)]).toEqual([false, true]);
    });

    it('does not count an attempt that succeeded', async () => {
      const budget = budgetOf(2);
      await fail(budget);
      for (const second of [1, 2, 3]) {
        const one = await reserve(budget, NOW + second);
        expect(one).toBeDefined();
        if (one) await store.releaseAttempt(budget.key, one);
      }
      expect([await fail(budget), await fail(budget)]).toEqual([true, false]);
    });

    it('tells open attempts from failed ones, and when the next one is possible', async () => {
      const budget = budgetOf(2);
      expect(await store.findBudgetUse(budget, NOW)).toEqual({ open: 0, freeAt: NOW });
      await fail(budget, NOW);
      await reserve(budget, NOW + 5);
      expect(await store.findBudgetUse(budget, NOW + 6)).toEqual({ open: 1, freeAt: NOW + WINDOW });
    });

    it('G16 counts an attempt whose process died as failed', async () => {
      const budget = budgetOf(1);
      await reserve(budget);
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
      await sweepAway(store, NOW + WINDOW - 1);
      expect(await fail(budget, NOW + WINDOW - 1)).toBe(false);
      await sweepAway(store, NOW + WINDOW);
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
