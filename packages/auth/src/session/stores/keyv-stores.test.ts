import { Keyv } from 'keyv';
import { describe, expect, it } from 'vitest';
import { createTestClock, revocationContract, sessionStoreContract } from '../../testing/index.ts';
import { createKeyvSessionStore, createKeyvStores } from '../index.ts';

const clock = createTestClock();
const keyv = new Keyv();
const { revocations, refreshes } = createKeyvStores(keyv, clock);

describe('revocations in any store of Keyv’s shape', () => {
  it.each(revocationContract)('%s', async (_what, prove) =>
    expect(prove(revocations, clock)).resolves.toBeUndefined(),
  );

  it('F-14 end with the sessions they are about: the store is told how long', async () => {
    const lives: unknown[] = [];
    const told = { get: async () => undefined, delete: async () => true };
    const watched = { ...told, set: async (_key: string, _value: string, ttl: number) => lives.push(ttl) };
    const row = { issuer: 'https://id.example', at: clock(), until: clock() + 900, sid: 'one' };
    await createKeyvStores(watched, clock).revocations.revoke(row);
    expect(lives).toEqual([900_000]);
  });

  it.each(['', 'true', '{}', 7])('a row that reads %j is an error and not a live session', async (row) => {
    const broken = { get: async () => row, set: async () => true, delete: async () => true };
    const session = { issuer: 'https://id.example', sid: 'one', sub: 'ada', issuedAt: clock() };
    await expect(createKeyvStores(broken, clock).revocations.isRevoked(session)).rejects.toThrow(
      'unreadable',
    );
  });
});

describe('sessions in any store of Keyv’s shape', () => {
  it.each(sessionStoreContract)('%s', async (_what, prove) =>
    expect(prove(createKeyvSessionStore(keyv), clock)).resolves.toBeUndefined(),
  );

  it('share the store with the refreshes, which nothing else finds', async () => {
    await refreshes.save('a-key', 'ended', 30);
    expect(await refreshes.find('a-key')).toBe('ended');
    expect(await keyv.get('a-key')).toBeUndefined();
  });
});

const fail = () => Promise.reject(new Error('connection refused'));

/** Keyv with an adapter that fails, and with a listener for that, as Keyv's own README has it: it then says nothing. */
function openDead() {
  const dead = new Keyv({ store: { get: fail, set: fail, delete: fail, clear: fail } });
  dead.on('error', () => undefined);
  return dead;
}

describe('G18 a store that is down', () => {
  const session = { issuer: 'https://id.example', sid: 'one', sub: 'ada', issuedAt: clock() };
  const row = { issuer: 'https://id.example', at: clock(), until: clock() + 900, sid: 'one' };

  it.each<[string, () => Promise<unknown>]>([
    ['a sign-out', () => createKeyvStores(openDead(), clock).revocations.revoke(row)],
    ['whether a session ended', () => createKeyvStores(openDead(), clock).revocations.isRevoked(session)],
    ['a settled refresh', () => createKeyvStores(openDead(), clock).refreshes.find('key')],
    ['a session', () => createKeyvSessionStore(openDead()).save('id', 'sealed', 60)],
    ['the end of one', () => createKeyvSessionStore(openDead()).remove('id')],
  ])('fails on %s, and is not taken for an answer', async (_what, ask) => {
    await expect(ask()).rejects.toThrow('store');
  });
});

it('F-14 nothing is kept for ever: a life of 0 would mean that', async () => {
  const lives: unknown[] = [];
  const watched = {
    get: async () => undefined,
    set: async (_key: string, _value: string, ttl: number) => lives.push(ttl),
    delete: async () => true,
  };
  await createKeyvSessionStore(watched).save('id', 'sealed', 0);
  await createKeyvSessionStore(watched).save('id', 'sealed', -5);
  expect(lives).toEqual([1000, 1000]);
});
