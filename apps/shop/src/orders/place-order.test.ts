import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buyerOf, NOW, openOrders } from '../../test/open-orders.ts';
import { findOrder, listOrders } from './orders.ts';
import { placeOrder } from './place-order.ts';

const folder = mkdtempSync(join(tmpdir(), 'orders-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an order', () => {
  it('keeps what was bought, at the price of that moment', async () => {
    const { database, stockOf } = await openOrders();
    const { order } = await placeOrder(database, buyerOf('ada'), [
      { slug: 'flask', quantity: 2 },
      { slug: 'red-headlamp', quantity: 1 },
    ]);
    expect(order).toMatchObject({
      id: expect.stringMatching(/^([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/),
      person: 'ada',
      personName: 'ada by name',
      placedAt: NOW,
      memberPrices: false,
      refund: undefined,
      lines: [
        { slug: 'red-headlamp', quantity: 1, unitPriceCents: 4900 },
        { slug: 'flask', quantity: 2 },
      ],
    });
    expect(await stockOf('red-headlamp')).toBe(22);
    await database.updateTable('products').set({ price_cents: 1, name: 'Other' }).execute();
    expect(await findOrder(database, order.id)).toEqual(order);
  });

  it('is priced by what the person may see', async () => {
    const { database } = await openOrders();
    const [one, other] = [buyerOf('ada', { seesMemberPrices: true }), buyerOf('ben')];
    const items = [{ slug: 'red-headlamp', quantity: 2 }];
    expect(await placeOrder(database, one, items)).toMatchObject({
      order: { memberPrices: true, totalCents: 7800 },
    });
    expect(await placeOrder(database, other, items)).toMatchObject({
      order: { memberPrices: false, totalCents: 9800 },
    });
  });

  it.each([
    [
      'what is sold out',
      [
        { slug: 'flask', quantity: 1 },
        { slug: 'red-headlamp', quantity: 24 },
      ],
      'sold_out',
    ],
    [
      'what the shop does not have',
      [
        { slug: 'flask', quantity: 1 },
        { slug: 'x', quantity: 1 },
      ],
      'product_unknown',
    ],
  ])('is not placed for %s, and takes nothing from the rest', async (_what, items, code) => {
    const { database, stockOf } = await openOrders();
    const before = await stockOf('flask');
    await expect(placeOrder(database, buyerOf('ada'), items)).rejects.toMatchObject({ refusal: { code } });
    expect(await stockOf('flask')).toBe(before);
    expect(await listOrders(database, {})).toEqual([]);
  });

  it('that is refused names how many are left', async () => {
    const { database } = await openOrders();
    await expect(
      placeOrder(database, buyerOf('ada'), [{ slug: 'red-headlamp', quantity: 24 }]),
    ).rejects.toMatchObject({ refusal: { lines: [{ slug: 'red-headlamp', wanted: 24, left: 23 }] } });
  });
});

describe('a request that is sent twice', () => {
  const items = [{ slug: 'flask', quantity: 1 }];

  it('A-02 orders once, one after the other and at the same moment', async () => {
    const { database, stockOf } = await openOrders();
    const before = (await stockOf('flask')) ?? 0;
    const buyer = buyerOf('ada');
    const orders = await Promise.all([1, 2, 3].map(() => placeOrder(database, buyer, items)));
    orders.push(await placeOrder(database, buyer, items));
    expect(new Set(orders.map(({ order }) => order.id)).size).toBe(1);
    expect(orders.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await stockOf('flask')).toBe(before - 1);
  });

  it('with another content is refused', async () => {
    const { database } = await openOrders();
    const buyer = buyerOf('ada');
    await placeOrder(database, buyer, items);
    await expect(placeOrder(database, buyer, [{ slug: 'flask', quantity: 2 }])).rejects.toMatchObject({
      refusal: { code: 'key_reused' },
    });
  });

  it('by another person is another order', async () => {
    const { database } = await openOrders();
    const buyer = buyerOf('ada');
    const [one, other] = [
      await placeOrder(database, buyer, items),
      await placeOrder(database, { ...buyer, sub: 'ben' }, items),
    ];
    expect(other.order.id).not.toBe(one.order.id);
  });
});

it('A-02 of ten buyers of the last one, in two processes of the shop, one gets it', async () => {
  const file = join(folder, 'race.sqlite');
  const shops = [await openOrders(file), await openOrders(file)] as const;
  await shops[0].setStock('flask', 1);
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      placeOrder(shops[index % 2 === 0 ? 0 : 1].database, buyerOf(`buyer-${index}`), [
        { slug: 'flask', quantity: 1 },
      ]),
    ),
  );
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(9);
  for (const reason of refused) expect(reason).toMatchObject({ refusal: { code: 'sold_out' } });
  expect(await shops[1].stockOf('flask')).toBe(0);
  expect(await listOrders(shops[1].database, {})).toHaveLength(1);
  for (const { database } of shops) await database.destroy();
});

describe('orders', () => {
  it('are listed from the latest on, page by page, and each person sees their own', async () => {
    const { database } = await openOrders();
    const items = [{ slug: 'star-atlas', quantity: 1 }];
    const ids: string[] = [];
    for (const [index, sub] of ['ada', 'ben', 'ada', 'ada'].entries()) {
      // Two of the same second.
      const { order } = await placeOrder(database, buyerOf(sub, { now: NOW + Math.floor(index / 2) }), items);
      ids.push(order.id);
    }
    const all = await listOrders(database, {});
    expect(all.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(all.map(({ placedAt }) => placedAt)).toEqual([NOW + 1, NOW + 1, NOW, NOW]);

    const pages = [await listOrders(database, { limit: 3 })];
    pages.push(await listOrders(database, { limit: 3, before: pages[0]?.at(-1)?.id }));
    expect(pages.flat()).toEqual(all);

    expect(await listOrders(database, { person: 'ada' })).toHaveLength(3);
    expect(await findOrder(database, ids[1] ?? '', { person: 'ada' })).toBeUndefined();
    expect(await findOrder(database, ids[1] ?? '', { person: 'ben' })).toMatchObject({ id: ids[1] });
  });
});
