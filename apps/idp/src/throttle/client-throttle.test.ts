import { DAY, MINUTE } from '@sso/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOW } from '../../test/store-samples.ts';
import { openStore, type Store } from '../store/index.ts';
import { type ClientThrottle, createClientThrottle } from './client-throttle.ts';

const SERVER = '192.0.2.1';
const STRANGER = '203.0.113.7';

describe('P-23 wrong client secrets', () => {
  let store: Store;
  let now: number;
  let throttle: ClientThrottle;
  beforeEach(async () => {
    store = await openStore('file::memory:');
    now = NOW;
    throttle = createClientThrottle({ store, clock: () => now });
  });
  afterEach(() => store.close());

  const attempt = (isRight: boolean, address: string, clientId = 'shop') =>
    throttle.attempt({ clientId, address, isRight });
  const wrong = (address: string, clientId?: string) => attempt(false, address, clientId);
  const right = (address: string, clientId?: string) => attempt(true, address, clientId);

  /** How many of so many wrong ones were counted, one after the other. */
  async function guess(count: number, address: string, clientId = (_index: number) => 'shop') {
    let counted = 0;
    for (let index = 0; index < count; index += 1)
      if ((await wrong(address, clientId(index))) === undefined) counted += 1;
    return counted;
  }

  it('are counted 20 times for a client and a network; then no secret counts there for a while, and others go on', async () => {
    expect(await guess(25, STRANGER)).toBe(20);
    now += 60;
    expect(await right(STRANGER)).toEqual({
      budget: 'client-and-network',
      network: STRANGER,
      retryAfterSeconds: 5 * MINUTE - 60,
    });
    expect(await right(SERVER)).toBeUndefined();
    expect(await right(STRANGER, 'blog')).toBeUndefined();
    now += 5 * MINUTE - 60;
    expect(await right(STRANGER)).toBeUndefined();
  });

  it('are counted no more often when 1,500 come at once, on two nodes', async () => {
    const other = createClientThrottle({ store, clock: () => now });
    const all = Array.from({ length: 1500 }, (_, index) =>
      (index % 2 === 0 ? throttle : other).attempt({ clientId: 'shop', address: STRANGER, isRight: false }),
    );
    expect((await Promise.all(all)).filter((limit) => limit === undefined)).toHaveLength(20);
  });

  it('at many clients, known or made up, are counted 100 times for a network', async () => {
    expect(await guess(120, STRANGER, (index) => `client ${index}`)).toBe(100);
    expect((await right(STRANGER))?.budget).toBe('client-network');
    expect(await right(SERVER)).toBeUndefined();
  });

  it('count by the /64 of an IPv6 address', async () => {
    expect(await guess(20, '2001:db8:1:2::1')).toBe(20);
    expect((await wrong('2001:db8:1:2:3:4:5:6'))?.network).toBe('2001:db8:1:2::/64');
  });

  it('leave alone a network from which the right secret came within a day, which has a budget of its own', async () => {
    expect(await right(SERVER)).toBeUndefined();
    expect(await guess(120, SERVER, (index) => `client ${index}`)).toBe(100);
    now += DAY - 1;
    expect(await right(SERVER)).toBeUndefined();
    expect(await guess(110, SERVER)).toBe(100);
    expect((await right(SERVER))?.budget).toBe('known-client-network');
  });

  it('count as those of a stranger once the right secret has not come for a day', async () => {
    expect(await right(SERVER)).toBeUndefined();
    now += DAY;
    expect(await guess(25, SERVER)).toBe(20);
  });

  it('are remembered, as the networks are, by a process that starts later', async () => {
    await right(SERVER);
    await guess(20, STRANGER);
    throttle = createClientThrottle({ store, clock: () => now });
    expect((await right(STRANGER))?.budget).toBe('client-and-network');
    expect(await guess(21, SERVER)).toBe(21);
  });

  it('write nothing once their budget is used up', async () => {
    await guess(21, STRANGER);
    Object.assign(store, { reserveAttempt: refuse, releaseAttempt: refuse, recordFailedAttempt: refuse });
    expect((await wrong(STRANGER))?.budget).toBe('client-and-network');
  });

  it('and right ones of a known network write nothing', async () => {
    await right(SERVER);
    const refusing = { reserveAttempt: refuse, releaseAttempt: refuse, rememberDevice: refuse };
    Object.assign(store, refusing);
    expect(await right(SERVER)).toBeUndefined();
  });
});

function refuse(): never {
  throw new Error('the database is written');
}
