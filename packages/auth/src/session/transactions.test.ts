import { beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../foundation/index.ts';
import {
  createSealer,
  createTransaction,
  isTransactionId,
  openState,
  openTransaction,
  type Sealer,
  sealState,
  sealTransaction,
} from './index.ts';

let sealer: Sealer;
beforeEach(() => {
  sealer = createSealer({ keys: [randomId(32)], owner: 'https://id.example shop' });
});

describe('a login that was begun', () => {
  const transaction = createTransaction('login', 100);

  it('is found again in its own cookie', async () => {
    const sealed = await sealTransaction(sealer, transaction);
    expect(await openTransaction(sealer, sealed, 0)).toEqual(transaction);
    expect(sealed.length).toBeLessThan(400);
  });

  it('is over after its time', async () => {
    const sealed = await sealTransaction(sealer, transaction);
    expect(await openTransaction(sealer, sealed, 99)).toBeDefined();
    expect(await openTransaction(sealer, sealed, 100)).toBeUndefined();
  });

  it('P-14 is nothing to another site', async () => {
    const blog = createSealer({ keys: [randomId(32)], owner: 'https://id.example blog' });
    expect(await openTransaction(sealer, await sealTransaction(blog, transaction), 0)).toBeUndefined();
  });

  it.each(['', 'short', 'x'.repeat(23), '__proto__', `${'x'.repeat(21)};`, `${'x'.repeat(20)}\r\n`])(
    'P-07 C-08 has an id that %j can’t be',
    (id) => expect(isTransactionId(id)).toBe(false),
  );

  it('G15 has 128 bits of id and nonce and 256 of verifier', () => {
    const { id, nonce, verifier } = transaction;
    expect([id.length, nonce.length, verifier.length]).toEqual([22, 22, 43]);
  });
});

describe('state', () => {
  const transaction = createTransaction('silent', 100);

  it('carries its payload unreadably', async () => {
    const state = await sealState(sealer, transaction, '/orders?page=2');
    expect(state).not.toMatch(/orders|eyJ/);
    expect(await openState(sealer, state)).toMatchObject({
      id: transaction.id,
      payload: { returnTo: '/orders?page=2', silent: true, startedAt: 100 },
    });
  });

  it('L-04 carries no payload once it was tampered with', async () => {
    const state = await sealState(sealer, transaction, '/orders');
    const changed = state.slice(0, -3) + (state.endsWith('AAA') ? 'BBB' : 'AAA');
    expect((await openState(sealer, changed)).payload).toBeUndefined();
  });

  it('L-04 carries no payload when it is pasted behind another id', async () => {
    const state = await sealState(sealer, transaction, '/orders');
    const other = createTransaction('login', 100).id + state.slice(state.indexOf('~'));
    expect((await openState(sealer, other)).payload).toBeUndefined();
  });

  it.each(['', '~', 'a~b', '~~~', 'x'.repeat(10_000)])('takes anything, %j too', async (state) => {
    expect((await openState(sealer, state)).payload).toBeUndefined();
  });
});
