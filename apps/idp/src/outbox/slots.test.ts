import { describe, expect, it } from 'vitest';
import { createSlots, type Slots } from './slots.ts';

const limits = { total: 8, perHost: 4, perNewHost: 2, perFailingHost: 1 };

/** How many calls of a host could begin now. */
function free(slots: Slots, host: string): number {
  const taken = slots.take(host);
  for (const slot of taken) slot.giveBack();
  return taken.length;
}

/** Takes this many places and no more. */
function hold(slots: Slots, host: string, count: number) {
  const taken = slots.take(host);
  for (const slot of taken.slice(count)) slot.giveBack();
  return taken.slice(0, count);
}

function callOnce(slots: Slots, host: string, succeeded: boolean): void {
  for (const slot of hold(slots, host, 1)) slot.end(succeeded);
}

describe('calls under way', () => {
  it('are few at a new host, more once it answered, and one after it failed', () => {
    const slots = createSlots(limits);
    expect(free(slots, 'a')).toBe(2);
    callOnce(slots, 'a', true);
    expect(free(slots, 'a')).toBe(4);
    callOnce(slots, 'a', false);
    expect([free(slots, 'a'), slots.hasAnswered('a')]).toEqual([1, false]);
  });

  it('B-33 at hosts that hang, however many, leave one half to the others', () => {
    const slots = createSlots(limits);
    callOnce(slots, 'good', true);
    for (const host of ['a', 'b', 'c', 'd', 'e', 'f']) slots.take(host);
    expect(free(slots, 'g')).toBe(0);
    expect(free(slots, 'good')).toBe(4);
  });

  it('are bounded at one host and in all', () => {
    const slots = createSlots(limits);
    for (const host of ['a', 'b', 'c']) callOnce(slots, host, true);
    hold(slots, 'a', 3);
    hold(slots, 'b', 3);
    expect([free(slots, 'a'), free(slots, 'b'), free(slots, 'c')]).toEqual([1, 1, 2]);
    hold(slots, 'c', 2);
    expect([free(slots, 'a'), free(slots, 'c')]).toEqual([0, 0]);
  });
});
