import type { ShopDatabase } from '../database/database.ts';
import type { Order, Refund } from './order.ts';
import { OrderRefused } from './order-refused.ts';
import { findOrder } from './orders.ts';

/** How recently whoever refunds an order must have signed in, in seconds (RFC 9470). */
export const REFUND_MAX_AGE_SECONDS = 300;

/**
 * Refunds an order and puts its things back into stock, once, whoever else does the same at the same moment.
 *
 * @throws OrderRefused `order_unknown`, `already_refunded`
 */
export function refundOrder(database: ShopDatabase, id: string, refund: Refund): Promise<Order> {
  return database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('orders')
      .set({
        refunded_at: refund.at,
        refunded_by: refund.by,
        refunded_through: refund.through,
        refund_reason: refund.reason,
      })
      .where('id', '=', id)
      .where('refunded_at', 'is', null)
      .executeTakeFirst();
    const order = await findOrder(transaction, id);
    if (!order) throw new OrderRefused({ code: 'order_unknown' });
    if (numUpdatedRows === 0n) throw new OrderRefused({ code: 'already_refunded' });
    await putBack(transaction, order);
    return order;
  });
}

/** A product that has left the catalogue meanwhile has no stock to go back to. */
async function putBack(transaction: ShopDatabase, { lines }: Order): Promise<void> {
  for (const { slug, quantity } of lines) {
    await transaction
      .updateTable('products')
      .set(({ eb }) => ({ stock: eb('stock', '+', quantity) }))
      .where('slug', '=', slug)
      .execute();
  }
}
