import type { Problem } from '@sso/site/http';
import type { CartItem } from '../cart/cart.ts';
import type { OrderRefusal } from '../orders/order-refused.ts';

/** Why an order was refused, as the API says it. @param lines as they were sent */
export function orderProblem(refusal: OrderRefusal, lines: readonly CartItem[] = []): Problem {
  const pointer = (slug: string, member: string) =>
    `#/lines/${lines.findIndex((line) => line.slug === slug)}/${member}`;
  const { code: error } = refusal;
  switch (refusal.code) {
    case 'sold_out':
      return {
        status: 409,
        error,
        detail: 'The stock does not cover this order, and nothing was ordered.',
        errors: refusal.lines.map(({ slug, name, left }) => ({
          pointer: pointer(slug, 'quantity'),
          detail: left === 0 ? `${name} is sold out` : `only ${left} left of ${name}`,
        })),
      };
    case 'product_unknown':
      return {
        status: 422,
        error,
        detail: 'The shop does not have all of this, and nothing was ordered.',
        errors: refusal.slugs.map((slug) => ({
          pointer: pointer(slug, 'slug'),
          detail: 'no product has this slug',
        })),
      };
    case 'key_reused':
      return {
        status: 422,
        error,
        detail: 'This Idempotency-Key stands for another order of yours: send a new one.',
        errors: [{ header: 'Idempotency-Key', detail: 'was used with another content' }],
      };
    case 'order_unknown':
      return { status: 404, error, detail: 'There is no such order among those that you may see.' };
    case 'already_refunded':
      return { status: 409, error, detail: 'This order has been refunded before: GET it to see when.' };
    case 'cart_empty':
    case 'cart_changed':
      return { status: 409, error, detail: 'The cart is not what it was: look at it again.' };
    default:
      return refusal satisfies never;
  }
}
