import { randomUUID } from 'node:crypto';
import { addToCart, type CartItem } from '../src/cart/cart.ts';
import { openShopDatabase, type ShopDatabase } from '../src/database/database.ts';
import type { Buyer } from '../src/orders/place-order.ts';
import { findProduct } from '../src/catalogue/products.ts';

export const NOW = 1_800_000_000;

/** A buyer whose key is new, unless the test names one. */
export const buyerOf = (sub: string, changes: Partial<Buyer> = {}): Buyer => ({
  sub,
  name: `${sub} by name`,
  seesMemberPrices: false,
  idempotencyKey: randomUUID(),
  now: NOW,
  ...changes,
});

/** A shop's database with helpers of the tests. */
export async function openOrders(file = ':memory:') {
  const database = await openShopDatabase(file);
  return {
    database,
    stockOf: (slug: string) => stockOf(database, slug),
    setStock: (slug: string, stock: number) =>
      database.updateTable('products').set({ stock }).where('slug', '=', slug).execute(),
    fillCart: async (sub: string, items: readonly CartItem[]) => {
      for (const item of items) await addToCart(database, { kind: 'person', sub }, item, NOW);
    },
  };
}

async function stockOf(database: ShopDatabase, slug: string): Promise<number | undefined> {
  return (await findProduct(database, { seesMemberPrices: false }, slug))?.stock;
}
