import { type OnConflictBuilder, sql } from 'kysely';
import type { ShopDatabase } from '../database/database.ts';
import type { ShopSchema } from '../database/schema.ts';
import { type CartOwner, ownerKey } from './cart-owner.ts';

/** The most of one product that a cart or an order holds. */
export const MAX_QUANTITY = 99;

export interface CartItem {
  readonly slug: string;
  /** 1 to {@link MAX_QUANTITY}. */
  readonly quantity: number;
}

/** What lies in a cart, in the catalogue's order. Like the functions below it also takes the transaction of whoever calls. */
export function listCart(database: ShopDatabase, owner: CartOwner): Promise<CartItem[]> {
  return database
    .selectFrom('cart_lines')
    .innerJoin('products', 'products.slug', 'cart_lines.slug')
    .select(['cart_lines.slug', 'cart_lines.quantity'])
    .where('owner', '=', ownerKey(owner))
    .orderBy('products.position')
    .execute();
}

/** How many things these are together. */
export function countItems(items: readonly CartItem[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

/**
 * Puts something into a cart, beside what is there of it already.
 *
 * @param now epoch seconds
 * @returns whether there is such a product
 */
export async function addToCart(
  database: ShopDatabase,
  owner: CartOwner,
  { slug, quantity }: CartItem,
  now: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('cart_lines')
    .columns(['owner', 'slug', 'quantity', 'changed_at'])
    .expression((eb) =>
      eb
        .selectFrom('products')
        .select([
          eb.val(ownerKey(owner)).as('owner'),
          'slug',
          eb.val(quantity).as('quantity'),
          eb.val(now).as('changed_at'),
        ])
        .where('slug', '=', slug),
    )
    .onConflict(addQuantities)
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Sets how many of a product lie in a cart; 0 takes it out. @param now epoch seconds */
export async function setQuantity(
  database: ShopDatabase,
  owner: CartOwner,
  { slug, quantity }: CartItem,
  now: number,
): Promise<void> {
  if (quantity === 0) {
    await database
      .deleteFrom('cart_lines')
      .where('owner', '=', ownerKey(owner))
      .where('slug', '=', slug)
      .execute();
    return;
  }
  await database
    .updateTable('cart_lines')
    .set({ quantity, changed_at: now })
    .where('owner', '=', ownerKey(owner))
    .where('slug', '=', slug)
    .execute();
}

/** Where a line is there already, both are kept, up to what a cart may hold. */
export function addQuantities(conflict: OnConflictBuilder<ShopSchema, 'cart_lines'>) {
  return conflict.columns(['owner', 'slug']).doUpdateSet({
    quantity: sql`min(${MAX_QUANTITY}, cart_lines.quantity + excluded.quantity)`,
    changed_at: sql`excluded.changed_at`,
  });
}
