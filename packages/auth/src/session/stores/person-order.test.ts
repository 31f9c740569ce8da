import { expect, it } from 'vitest';
import { createTestClock } from '../../testing/index.ts';
import { arrivalOf, createArrivals, toPersonOrder } from './person-order.ts';

const SECOND = 1_700_000_000;

it('goes by the provider’s second first, and by the arrival here within it', () => {
  const at = (iat: number, arrivedAt: number) => toPersonOrder(iat, SECOND * 1000 + arrivedAt);
  const inOrder = [at(SECOND, 900), at(SECOND + 1, 100), at(SECOND + 1.9, 101), at(SECOND + 2, 0)];
  expect(inOrder.toSorted((one, other) => one - other)).toEqual(inOrder);
  expect(new Set(inOrder).size).toBe(4);
  expect(inOrder.every(Number.isSafeInteger)).toBe(true);
});

it.each([-400_000, 0, 1, 400_000])('knows an arrival %i ms from the provider’s time', (apart) => {
  const arrivedAt = SECOND * 1000 + apart;
  expect(arrivalOf(toPersonOrder(SECOND, arrivedAt))).toBe(arrivedAt);
});

it('F-06 stays within its second however far the clocks are apart', () => {
  for (const arrivedAt of [0, SECOND * 2000])
    expect(Math.floor(toPersonOrder(SECOND, arrivedAt) / 1_000_000)).toBe(SECOND);
});

it('no two arrivals of a process are at the same moment, nor does one come before the last', () => {
  const clock = createTestClock();
  const arrivals = createArrivals(clock);
  const first = [arrivals(), arrivals()];
  clock.advance(-3600);
  const all = [...first, arrivals(), arrivals()];
  expect(all).toEqual(all.toSorted((one, other) => one - other));
  expect(new Set(all).size).toBe(4);
});
