import { beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../foundation/index.ts';
import {
  createSealer,
  createTransaction,
  openState,
  openTransactions,
  type Sealer,
  sealState,
  sealTransactions,
  takeTransaction,
} from './index.ts';

let sealer: Sealer;
beforeEach(() => {
  sealer = createSealer({ keys: [randomId(32)], owner: 'https://id.example shop' });
});

describe('pending logins', () => {
  it('pain 11: those of several tabs share one cookie, each found by its own state', async () => {
    const [left, right] = [createTransaction('login', 100), createTransaction('login', 101)];
    const pending = await openTransactions(sealer, await sealTransactions(sealer, [left, right]), 0);
    const { transaction, rest } = takeTransaction(pending, left.id);
    expect(transaction).toEqual(left);
    expect(rest).toEqual([right]);
  });

  it('pain 11: never outgrow the cookie: the fifth pushes the first out', async () => {
    const all = Array.from({ length: 5 }, (_, index) => createTransaction('login', 100 + index));
    const sealed = await sealTransactions(sealer, all);
    expect(await openTransactions(sealer, sealed, 0)).toEqual(all.slice(1));
    expect(sealed.length).toBeLessThan(1400);
  });

  it('are over after their time', async () => {
    const sealed = await sealTransactions(sealer, [
      createTransaction('login', 100),
      createTransaction('login', 200),
    ]);
    const pending = await openTransactions(sealer, sealed, 100);
    expect(pending.map(({ startedAt }) => startedAt)).toEqual([200]);
  });

  it.each(['', 'unknown', '__proto__'])('P-07 an id %j matches none', async (id) => {
    const pending = await openTransactions(
      sealer,
      await sealTransactions(sealer, [createTransaction('login', 100)]),
      0,
    );
    expect(takeTransaction(pending, id).transaction).toBeUndefined();
  });

  it('P-14 a cookie of another site holds none', async () => {
    const blog = createSealer({ keys: [randomId(32)], owner: 'https://id.example blog' });
    const sealed = await sealTransactions(blog, [createTransaction('login', 100)]);
    expect(await openTransactions(sealer, sealed, 0)).toEqual([]);
  });

  it('G15 have 128 bits of id and nonce and 256 of verifier', () => {
    const { id, nonce, verifier } = createTransaction('login', 100);
    expect([id.length, nonce.length, verifier.length]).toEqual([22, 22, 43]);
  });
});

describe('state', () => {
  const transaction = createTransaction('silent', 100);

  it('carries the way back, unreadable on its way', async () => {
    const state = await sealState(sealer, transaction, '/orders?page=2');
    expect(state).not.toMatch(/orders|eyJ/);
    expect(await openState(sealer, state)).toMatchObject({
      id: transaction.id,
      wayBack: { returnTo: '/orders?page=2', silent: true, startedAt: 100 },
    });
  });

  it('L-04 has no way back once it was tampered with', async () => {
    const state = await sealState(sealer, transaction, '/orders');
    const changed = state.slice(0, -3) + (state.endsWith('AAA') ? 'BBB' : 'AAA');
    expect((await openState(sealer, changed)).wayBack).toBeUndefined();
  });

  it('L-04 has no way back when it is pasted behind another id', async () => {
    const state = await sealState(sealer, transaction, '/orders');
    const other = createTransaction('login', 100).id + state.slice(state.indexOf('~'));
    expect((await openState(sealer, other)).wayBack).toBeUndefined();
  });

  it.each(['', '~', 'a~b', '~~~', 'x'.repeat(10_000)])('takes anything, %j too', async (state) => {
    expect((await openState(sealer, state)).wayBack).toBeUndefined();
  });
});
