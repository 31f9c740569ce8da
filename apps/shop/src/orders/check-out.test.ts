import { describe, expect, it } from 'vitest';
import { buyerOf, openOrders } from '../../test/open-orders.ts';
import { listCart } from '../cart/cart.ts';
import { checkOut } from './check-out.ts';
import { listOrders } from './orders.ts';
import { quote } from './quote.ts';

const reader = { seesMemberPrices: false };
const items = [
  { slug: 'flask', quantity: 1 },
  { slug: 'star-atlas', quantity: 2 },
];

async function openFilled() {
  const shop = await openOrders();
  await shop.fillCart('ada', items);
  return {
    ...shop,
    shown: async (by = reader) => (await quote(shop.database, by, items)).digest,
    cart: () => listCart(shop.database, { kind: 'person', sub: 'ada' }),
  };
}

describe('checking out', () => {
  it('orders the cart and empties it', async () => {
    const { database, shown, cart } = await openFilled();
    const { order } = await checkOut(database, buyerOf('ada'), await shown());
    expect(order.lines.map(({ slug, quantity }) => ({ slug, quantity }))).toEqual([items[1], items[0]]);
    expect(await cart()).toEqual([]);
  });

  it('A-02 twice by the same press orders once', async () => {
    const { database, shown } = await openFilled();
    const [buyer, digest] = [buyerOf('ada'), await shown()];
    const [one, other] = await Promise.all([
      checkOut(database, buyer, digest),
      checkOut(database, buyer, digest),
    ]);
    expect(other.order).toEqual(one.order);
    expect(await checkOut(database, buyer, digest)).toEqual({ order: one.order, isNew: false });
    expect(await listOrders(database, {})).toHaveLength(1);
  });

  it('of an empty cart is refused', async () => {
    const { database, shown } = await openFilled();
    await expect(checkOut(database, buyerOf('ben'), await shown())).rejects.toMatchObject({
      refusal: { code: 'cart_empty' },
    });
  });

  it.each([
    ['the cart', async ({ fillCart }) => fillCart('ada', [{ slug: 'tripod', quantity: 1 }])],
    ['a price', async ({ database }) => database.updateTable('products').set({ price_cents: 1 }).execute()],
  ] satisfies [string, (shop: Awaited<ReturnType<typeof openFilled>>) => Promise<unknown>][])(
    'is refused where %s is not what the person has seen',
    async (_what, change) => {
      const shop = await openFilled();
      const digest = await shop.shown();
      await change(shop);
      await expect(checkOut(shop.database, buyerOf('ada'), digest)).rejects.toMatchObject({
        refusal: { code: 'cart_changed' },
      });
      expect(await shop.cart()).not.toEqual([]);
    },
  );

  it('A-03 at a price of members is refused to somebody who is none any more', async () => {
    const { database, shown } = await openFilled();
    const digest = await shown({ seesMemberPrices: true });
    await expect(checkOut(database, buyerOf('ada'), digest)).rejects.toMatchObject({
      refusal: { code: 'cart_changed' },
    });
  });

  it('is refused where the stock does not cover it, and the cart stays as it is', async () => {
    const { database, shown, cart, setStock, stockOf } = await openFilled();
    await setStock('flask', 0);
    const before = await stockOf('star-atlas');
    await expect(checkOut(database, buyerOf('ada'), await shown())).rejects.toMatchObject({
      refusal: { code: 'sold_out', lines: [{ slug: 'flask', left: 0 }] },
    });
    expect(await cart()).toHaveLength(2);
    expect(await stockOf('star-atlas')).toBe(before);
  });
});
