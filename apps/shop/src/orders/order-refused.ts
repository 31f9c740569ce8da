/** A line that the stock does not cover. */
export interface ShortLine {
  readonly slug: string;
  readonly name: string;
  readonly wanted: number;
  readonly left: number;
}

export type OrderRefusal =
  | { readonly code: 'cart_empty' }
  /** What is in the cart now, or what it costs, is not what the person was shown. */
  | { readonly code: 'cart_changed' }
  | { readonly code: 'sold_out'; readonly lines: readonly ShortLine[] }
  | { readonly code: 'product_unknown'; readonly slugs: readonly string[] }
  /** The idempotency key stands for another order of this person. */
  | { readonly code: 'key_reused' }
  | { readonly code: 'order_unknown' }
  | { readonly code: 'already_refunded' };

/** Nothing was ordered or refunded, and everything is as it was before. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  readonly refusal: OrderRefusal;

  constructor(refusal: OrderRefusal) {
    super(`the order was refused: ${refusal.code}`);
    this.refusal = refusal;
  }
}
