import { describe, expect, it } from 'vitest';
import { buyerOf, NOW, openOrders } from '../../test/open-orders.ts';
import { placeOrder } from './place-order.ts';
import { refundOrder } from './refund-order.ts';

const refund = { at: NOW + 60, by: 'sol', through: 'shop', reason: 'Arrived broken' };

describe('a refund', () => {
  it('says when, by whom, through what and why, and puts the things back', async () => {
    const { database, stockOf } = await openOrders();
    const before = await stockOf('flask');
    const {
      order: { id },
    } = await placeOrder(database, buyerOf('ada'), [{ slug: 'flask', quantity: 3 }]);
    expect(await refundOrder(database, id, refund)).toMatchObject({ id, refund });
    expect(await stockOf('flask')).toBe(before);
  });

  it('A-04 happens once, however many members of staff press at the same moment', async () => {
    const { database, stockOf } = await openOrders();
    const before = await stockOf('flask');
    const {
      order: { id },
    } = await placeOrder(database, buyerOf('ada'), [{ slug: 'flask', quantity: 3 }]);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => refundOrder(database, id, { ...refund, by: `sol-${index}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stockOf('flask')).toBe(before);
    await expect(refundOrder(database, id, refund)).rejects.toMatchObject({
      refusal: { code: 'already_refunded' },
    });
  });

  it('of an order that is not there is refused', async () => {
    const { database } = await openOrders();
    await expect(refundOrder(database, 'nothing', refund)).rejects.toMatchObject({
      refusal: { code: 'order_unknown' },
    });
  });

  it('of a thing that is no longer sold leaves the rest in order', async () => {
    const { database, stockOf } = await openOrders();
    const before = await stockOf('flask');
    const {
      order: { id },
    } = await placeOrder(database, buyerOf('ada'), [
      { slug: 'flask', quantity: 1 },
      { slug: 'tripod', quantity: 1 },
    ]);
    await database.deleteFrom('products').where('slug', '=', 'tripod').execute();
    expect(await refundOrder(database, id, refund)).toMatchObject({ refund });
    expect(await stockOf('flask')).toBe(before);
  });
});
