import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../store/index.ts';
import type { Attempt } from './budgets.ts';
import { DEFAULT_LIMITS, type ThrottleLimits } from './limits.ts';
import { createThrottle } from './throttle.ts';

const stores: Awaited<ReturnType<typeof openStore>>[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

type Change = Partial<Attempt>;

const from = (change: Change): Attempt => ({
  account: 'ada',
  address: '192.0.2.1',
  device: undefined,
  ...change,
});

/** A throttle on an empty database, a clock that stands still, and one account: ada's, with the passphrase "right". */
async function openThrottle(limits: Partial<ThrottleLimits> = {}) {
  const store = await openStore('file::memory:');
  stores.push(store);
  let now = 1_700_000_000;
  let looks = 0;
  const throttle = createThrottle({ store, clock: () => now, limits: { ...DEFAULT_LIMITS, ...limits } });
  const attempt = (guess: string, change: Change = {}) =>
    throttle.attempt(from(change), async () => {
      looks += 1;
      await new Promise(setImmediate);
      return guess === 'right' && from(change).account === 'ada' ? 'ada' : undefined;
    });
  /** How many of that many wrong guesses are let through. */
  const guess = async (times: number, change: (index: number) => Change = () => ({})) => {
    let rejected = 0;
    for (let index = 0; index < times; index += 1) {
      if ((await attempt('wrong', change(index))).kind === 'rejected') rejected += 1;
    }
    return rejected;
  };
  const pass = (seconds: number) => void (now += seconds);
  return { throttle, attempt, guess, store, looks: () => looks, pass };
}

const address = (index: number) => `198.51.100.${index % 250}`;

describe('failed tries are refused', () => {
  it('U-02 after 10 on one account from one address, the right passphrase too', async () => {
    const { guess, attempt, looks } = await openThrottle();
    expect(await guess(1000)).toBe(10);
    expect(await attempt('right')).toEqual({
      kind: 'throttled',
      budget: 'account-and-address',
      retryAfterSeconds: 900,
    });
    expect(looks()).toBe(10);
  });

  it('U-02 after 50 on one account from 50 addresses', async () => {
    const { guess, attempt } = await openThrottle();
    expect(await guess(1000, (index) => ({ address: address(index % 50) }))).toBe(50);
    expect(await attempt('right', { address: '203.0.113.1' })).toMatchObject({
      kind: 'throttled',
      budget: 'account',
    });
  });

  it('U-03 after 100 from one address over 200 accounts', async () => {
    const { guess, attempt } = await openThrottle();
    expect(await guess(200, (index) => ({ account: `person-${index}` }))).toBe(100);
    expect(await attempt('right')).toMatchObject({ kind: 'throttled', budget: 'address' });
    expect(await attempt('right', { address: '203.0.113.1' })).toEqual({ kind: 'accepted', value: 'ada' });
  });

  it('U-02 after 10 of 1 000 at once', async () => {
    const { attempt, looks } = await openThrottle();
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => attempt('wrong')));
    expect(outcomes.filter(({ kind }) => kind === 'rejected')).toHaveLength(10);
    expect(outcomes.filter(({ kind }) => kind === 'throttled')).toHaveLength(990);
    expect(looks()).toBe(10);
  });

  it('after 10 from one IPv6 subscriber, whichever of their addresses they take', async () => {
    const { guess } = await openThrottle();
    expect(await guess(20, (index) => ({ address: `2001:db8:1:2::${index}` }))).toBe(10);
    expect(await guess(1, () => ({ address: '2001:db8:1:3::1' }))).toBe(1);
  });

  it('in the same way for a name that nobody has', async () => {
    const { guess, attempt } = await openThrottle();
    expect(await guess(20, () => ({ account: 'nobody' }))).toBe(10);
    const refusal = { kind: 'throttled', budget: 'account-and-address', retryAfterSeconds: 900 };
    expect(await attempt('right', { account: 'nobody' })).toEqual(refusal);
  });
});

describe('tries are let through again', () => {
  it('after as many seconds as were said', async () => {
    const { guess, attempt, pass } = await openThrottle({ perAccountAndAddress: 2 });
    await guess(1);
    pass(300);
    await guess(1);
    expect(await attempt('right')).toMatchObject({ retryAfterSeconds: 600 });
    pass(599);
    expect(await attempt('right')).toMatchObject({ retryAfterSeconds: 1 });
    pass(1);
    expect(await attempt('right')).toMatchObject({ kind: 'accepted' });
    expect([await guess(1), await guess(1)]).toEqual([1, 0]);
  });

  it('on another node and after a restart no sooner', async () => {
    const { guess, store } = await openThrottle();
    await guess(10);
    const other = createThrottle({ store, clock: () => 1_700_000_001, limits: DEFAULT_LIMITS });
    expect(await other.attempt(from({}), () => Promise.resolve('ada'))).toMatchObject({
      retryAfterSeconds: 899,
    });
  });
});

describe('what is no failed try does not count', () => {
  it('any number of right passphrases, one after another and 50 at once', async () => {
    const { attempt, guess } = await openThrottle();
    for (let index = 0; index < 120; index += 1)
      expect(await attempt('right')).toMatchObject({ kind: 'accepted' });
    const atOnce = await Promise.all(Array.from({ length: 50 }, () => attempt('right')));
    expect(new Set(atOnce.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(await guess(20)).toBe(10);
  });

  it('a refused one, for any of its budgets', async () => {
    const { guess, attempt } = await openThrottle({ perAccountAndAddress: 2, perAddress: 3 });
    await guess(500);
    expect(await guess(10, () => ({ account: 'ben' }))).toBe(1);
    expect(await attempt('right', { address: '203.0.113.1' })).toMatchObject({ kind: 'accepted' });
  });

  it('one that the provider was too busy to look at', async () => {
    const { throttle, guess } = await openThrottle({ perAccountAndAddress: 1 });
    const busy = () => throttle.attempt(from({}), () => Promise.reject(new Error('busy')));
    for (let index = 0; index < 5; index += 1) await expect(busy()).rejects.toThrow('busy');
    expect(await guess(5)).toBe(1);
  });
});

describe('a browser that signed in to the account before', () => {
  it('U-02 gets in while strangers have spent the account’s budget', async () => {
    const { throttle, guess, attempt } = await openThrottle();
    const { value: device } = await throttle.rememberDevice({ account: 'ada', device: undefined });
    await guess(200, (index) => ({ address: address(index) }));
    expect(await attempt('right')).toMatchObject({ kind: 'throttled' });
    expect(await attempt('right', { device })).toEqual({ kind: 'accepted', value: 'ada' });
  });

  it('has a budget of its own, and no second one after it', async () => {
    const { throttle, guess, attempt } = await openThrottle();
    const { value: device } = await throttle.rememberDevice({ account: 'ada', device: undefined });
    expect(await guess(30, () => ({ device }))).toBe(10);
    expect(await attempt('right', { device })).toMatchObject({ kind: 'throttled', budget: 'device' });
    expect(await attempt('right')).toMatchObject({ kind: 'accepted' });
  });

  it('is a stranger to every other account', async () => {
    const { throttle, guess, attempt } = await openThrottle();
    const { value: device } = await throttle.rememberDevice({ account: 'ben', device: undefined });
    await guess(10);
    expect(await attempt('right', { device })).toMatchObject({
      kind: 'throttled',
      budget: 'account-and-address',
    });
  });

  it('keeps its other accounts under the new secret, and the old one is worth nothing', async () => {
    const { throttle, guess, attempt } = await openThrottle();
    const first = await throttle.rememberDevice({ account: 'ada', device: undefined });
    const second = await throttle.rememberDevice({ account: 'ben', device: first.value });
    await guess(10);
    expect(second.value).not.toBe(first.value);
    expect(await attempt('right', { device: first.value })).toMatchObject({ kind: 'throttled' });
    expect(await attempt('right', { device: second.value })).toMatchObject({ kind: 'accepted' });
  });

  it('is forgotten half a year after its last sign-in', async () => {
    const { throttle, guess, attempt, pass } = await openThrottle();
    const { value: device, maxAgeSeconds } = await throttle.rememberDevice({
      account: 'ada',
      device: undefined,
    });
    expect(maxAgeSeconds).toBe(180 * 86_400);
    pass(maxAgeSeconds);
    await guess(10);
    expect(await attempt('right', { device })).toMatchObject({ kind: 'throttled' });
  });
});

describe('limits that make no sense are refused at once', () => {
  it.each([
    ['none', { perAccount: 0 }],
    ['a fraction', { perAddress: 1.5 }],
    ['more than a row can hold', { perAccount: 1001 }],
    ['no window', { windowSeconds: 0 }],
    ['not a number', { perDevice: Number.NaN }],
  ])('%s', async (_, change) => {
    await expect(openThrottle(change)).rejects.toThrow(RangeError);
  });
});
