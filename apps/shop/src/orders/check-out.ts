import { listCart } from '../cart/cart.ts';
import { type CartOwner, ownerKey } from '../cart/cart-owner.ts';
import type { ShopDatabase } from '../database/database.ts';
import { OrderRefused } from './order-refused.ts';
import { type Buyer, findEarlier, insertOrder, type Placed } from './place-order.ts';
import { quote } from './quote.ts';

/**
 * Orders what lies in the person's cart, and empties it.
 *
 * @param shown the digest of the quote that the person has seen
 * @throws OrderRefused `cart_empty`, `cart_changed`, `sold_out`
 */
export function checkOut(database: ShopDatabase, buyer: Buyer, shown: string): Promise<Placed> {
  const owner: CartOwner = { kind: 'person', sub: buyer.sub };
  return database.transaction().execute(async (transaction) => {
    const earlier = await findEarlier(transaction, buyer);
    if (earlier) return { order: earlier.order, isNew: false };
    const { lines, digest } = await quote(transaction, buyer, await listCart(transaction, owner));
    if (lines.length === 0) throw new OrderRefused({ code: 'cart_empty' });
    if (digest !== shown) throw new OrderRefused({ code: 'cart_changed' });
    const order = await insertOrder(transaction, buyer, lines, digest);
    await transaction.deleteFrom('cart_lines').where('owner', '=', ownerKey(owner)).execute();
    return { order, isNew: true };
  });
}
