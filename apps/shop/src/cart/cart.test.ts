import { describe, expect, it } from 'vitest';
import { openShopDatabase } from '../database/database.ts';
import { addToCart, countItems, listCart, MAX_QUANTITY, setQuantity } from './cart.ts';
import { type CartOwner, ownerKey } from './cart-owner.ts';
import { moveCart, removeStaleCarts, VISITOR_CART_SECONDS } from './visitor-carts.ts';

const NOW = 1_800_000_000;
const visitor: CartOwner = { kind: 'visitor', cartId: 'random-id-of-a-browser' };
const ada: CartOwner = { kind: 'person', sub: 'sub-ada' };

async function openCarts() {
  const database = await openShopDatabase(':memory:');
  return {
    database,
    add: (owner: CartOwner, slug: string, quantity = 1, now = NOW) =>
      addToCart(database, owner, { slug, quantity }, now),
    list: (owner: CartOwner) => listCart(database, owner),
  };
}

describe('a cart', () => {
  it('holds what was put into it, in the order of the catalogue', async () => {
    const { add, list } = await openCarts();
    await add(visitor, 'flask', 2);
    await add(visitor, 'red-headlamp');
    expect(await list(visitor)).toEqual([
      { slug: 'red-headlamp', quantity: 1 },
      { slug: 'flask', quantity: 2 },
    ]);
    expect(countItems(await list(visitor))).toBe(3);
  });

  it('adds up, and holds no more of one thing than it may', async () => {
    const { add, list } = await openCarts();
    await add(ada, 'flask', 60);
    await add(ada, 'flask', 60);
    expect(await list(ada)).toEqual([{ slug: 'flask', quantity: MAX_QUANTITY }]);
  });

  it('takes nothing that the shop does not have', async () => {
    const { add, list } = await openCarts();
    expect(await add(ada, 'nothing')).toBe(false);
    expect(await add(ada, 'flask')).toBe(true);
    expect(await list(ada)).toHaveLength(1);
  });

  it('changes quantities, and lets go of what is set to 0', async () => {
    const { database, add, list } = await openCarts();
    await add(ada, 'flask');
    await add(ada, 'tripod');
    await setQuantity(database, ada, { slug: 'flask', quantity: 7 }, NOW);
    await setQuantity(database, ada, { slug: 'tripod', quantity: 0 }, NOW);
    await setQuantity(database, ada, { slug: 'star-atlas', quantity: 5 }, NOW);
    expect(await list(ada)).toEqual([{ slug: 'flask', quantity: 7 }]);
  });

  it('A-01 is nobody else’s', async () => {
    const { add, list } = await openCarts();
    await add(ada, 'flask');
    expect(await list({ kind: 'person', sub: 'sub-ben' })).toEqual([]);
    expect(await list({ kind: 'visitor', cartId: 'sub-ada' })).toEqual([]);
  });

  it('A-06 is kept under the hash of a visitor’s id, which opens nothing', async () => {
    const { database, add } = await openCarts();
    await add(visitor, 'flask');
    const rows = await database.selectFrom('cart_lines').select('owner').execute();
    expect(rows).toEqual([{ owner: ownerKey(visitor) }]);
    expect(JSON.stringify(rows)).not.toContain('random-id');
  });
});

describe('a cart that was filled before its owner signed in', () => {
  it('is theirs afterwards, and nothing is lost of what they had elsewhere', async () => {
    const { database, add, list } = await openCarts();
    await add(visitor, 'flask', 2);
    await add(visitor, 'tripod');
    await add(ada, 'flask', 3);
    await add(ada, 'star-atlas');
    await moveCart(database, visitor, ada);
    expect(await list(ada)).toEqual([
      { slug: 'star-atlas', quantity: 1 },
      { slug: 'tripod', quantity: 1 },
      { slug: 'flask', quantity: 5 },
    ]);
    expect(await list(visitor)).toEqual([]);
  });

  it('moves once, from however many tabs at the same moment', async () => {
    const { database, add, list } = await openCarts();
    await add(visitor, 'flask', 2);
    await Promise.all(Array.from({ length: 8 }, () => moveCart(database, visitor, ada)));
    expect(await list(ada)).toEqual([{ slug: 'flask', quantity: 2 }]);
  });
});

it('carts of visitors who stay away are removed; those of people stay', async () => {
  const { database, add, list } = await openCarts();
  const returning: CartOwner = { kind: 'visitor', cartId: 'returning' };
  await add(visitor, 'flask');
  await add(ada, 'flask');
  await add(returning, 'flask', 1, NOW + VISITOR_CART_SECONDS);
  await removeStaleCarts(database, NOW + VISITOR_CART_SECONDS + 1);
  expect(await list(visitor)).toEqual([]);
  expect(await list(returning)).toHaveLength(1);
  expect(await list(ada)).toHaveLength(1);
});

it('carts of visitors are bounded: a flood takes the place of the oldest, and of nobody’s own', async () => {
  const { database, add, list } = await openCarts();
  const visitors = ['a', 'b', 'c', 'd', 'e'];
  await add(ada, 'flask', 1, NOW - 10);
  for (const [age, cartId] of visitors.entries()) {
    await add({ kind: 'visitor', cartId }, 'flask', 1, NOW - age);
  }
  await removeStaleCarts(database, NOW, 3);
  const kept = await Promise.all(visitors.map((cartId) => list({ kind: 'visitor', cartId })));
  expect(kept.map(({ length }) => length)).toEqual([1, 1, 1, 0, 0]);
  expect(await list(ada)).toHaveLength(1);
});
