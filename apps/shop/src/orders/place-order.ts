import { createHash, randomInt } from 'node:crypto';
import type { CartItem } from '../cart/cart.ts';
import type { Reader } from '../catalogue/products.ts';
import type { ShopDatabase } from '../database/database.ts';
import type { Order } from './order.ts';
import { OrderRefused, type ShortLine } from './order-refused.ts';
import { findOrder } from './orders.ts';
import { quote, type QuoteLine } from './quote.ts';

/** Who orders, and what makes it this one order. */
export interface Buyer extends Reader {
  readonly sub: string;
  readonly name?: string | undefined;
  /** The same key of the same person is the same order, however often it is sent. */
  readonly idempotencyKey: string;
  /** Epoch seconds. */
  readonly now: number;
}

export interface Placed {
  readonly order: Order;
  /** False where the same request had placed it before. */
  readonly isNew: boolean;
}

/**
 * Orders these things, at the prices that the person's permissions give them now.
 *
 * @throws OrderRefused `sold_out`, `product_unknown`, `key_reused`
 */
export function placeOrder(
  database: ShopDatabase,
  buyer: Buyer,
  items: readonly CartItem[],
): Promise<Placed> {
  const digest = digestOf(items);
  return database.transaction().execute(async (transaction) => {
    const earlier = await findEarlier(transaction, buyer);
    if (earlier && earlier.digest !== digest) throw new OrderRefused({ code: 'key_reused' });
    if (earlier) return { order: earlier.order, isNew: false };
    const { lines } = await quote(transaction, buyer, items);
    const unknown = items.filter(({ slug }) => !lines.some((line) => line.slug === slug));
    if (unknown.length > 0) {
      throw new OrderRefused({ code: 'product_unknown', slugs: unknown.map(({ slug }) => slug) });
    }
    return { order: await insertOrder(transaction, buyer, lines, digest), isNew: true };
  });
}

/** The same things in another order are the same request. */
function digestOf(items: readonly CartItem[]): string {
  const lines = items.map(({ slug, quantity }) => `${quantity} ${slug}`).toSorted((a, b) => (a < b ? -1 : 1));
  return createHash('sha256').update(lines.join('\n')).digest('base64url');
}

/** What the same person made of the same key before. */
export async function findEarlier(
  database: ShopDatabase,
  { sub, idempotencyKey }: Pick<Buyer, 'sub' | 'idempotencyKey'>,
): Promise<{ readonly order: Order; readonly digest: string } | undefined> {
  const row = await database
    .selectFrom('orders')
    .select(['id', 'request_digest'])
    .where('person', '=', sub)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  const order = row && (await findOrder(database, row.id));
  return order && { order, digest: row.request_digest };
}

/** Takes the stock and writes the order. Within a transaction only: a refusal has to give back what was taken. */
export async function insertOrder(
  transaction: ShopDatabase,
  buyer: Buyer,
  lines: readonly QuoteLine[],
  digest: string,
): Promise<Order> {
  await takeStock(transaction, lines);
  const id = orderId();
  await transaction
    .insertInto('orders')
    .values({
      id,
      person: buyer.sub,
      person_name: buyer.name ?? null,
      placed_at: buyer.now,
      member_prices: buyer.seesMemberPrices ? 1 : 0,
      idempotency_key: buyer.idempotencyKey,
      request_digest: digest,
    })
    .execute();
  await transaction
    .insertInto('order_lines')
    .values(
      lines.map(({ slug, name, quantity, unitPriceCents }, position) => ({
        order_id: id,
        position,
        slug,
        name,
        quantity,
        unit_price_cents: unitPriceCents,
      })),
    )
    .execute();
  const order = await findOrder(transaction, id);
  if (!order) throw new Error('the order that was just written is not there');
  return order;
}

/** One conditional statement a product: two buyers can't both take the last one. */
async function takeStock(transaction: ShopDatabase, lines: readonly QuoteLine[]): Promise<void> {
  const short: ShortLine[] = [];
  for (const { slug, name, quantity, stock } of lines) {
    const { numUpdatedRows } = await transaction
      .updateTable('products')
      .set(({ eb }) => ({ stock: eb('stock', '-', quantity) }))
      .where('slug', '=', slug)
      .where('stock', '>=', quantity)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) short.push({ slug, name, wanted: quantity, left: stock });
  }
  if (short.length > 0) throw new OrderRefused({ code: 'sold_out', lines: short });
}

/** Without letters that look like digits (Crockford's Base32): people read it to each other. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 60 random bits, such as `7K3Q-9XTM-2B4A`. Who may see an order is decided by more than its id. */
const orderId = (): string => [group(), group(), group()].join('-');

const group = () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
