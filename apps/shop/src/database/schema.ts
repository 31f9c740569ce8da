import type { Generated } from 'kysely';

/** A row of the catalogue. Prices are whole cents; `specs` is a JSON array of pairs. */
export interface ProductsTable {
  readonly slug: string;
  readonly position: number;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
  readonly description: string;
  readonly specs: string;
  readonly price_cents: number;
  readonly member_price_cents: number;
  readonly stock: Generated<number>;
}

/** What lies in carts, a row a product. */
export interface CartLinesTable {
  /** Whose cart it is, as `cart/cart-owner.ts` writes it. */
  readonly owner: string;
  readonly slug: string;
  readonly quantity: number;
  /** Epoch seconds. */
  readonly changed_at: number;
}

export interface OrdersTable {
  readonly id: string;
  /** The `sub` of whoever ordered. */
  readonly person: string;
  /** Their name at that time, where the shop knew it. */
  readonly person_name: string | null;
  /** Epoch seconds. */
  readonly placed_at: number;
  /** 1 where the prices were those of members. */
  readonly member_prices: number;
  /** Names the request that made it, among those of this person. */
  readonly idempotency_key: string;
  /** SHA-256 of what that request asked for. */
  readonly request_digest: string;
  /** Epoch seconds; null for an order that stands. */
  readonly refunded_at: number | null;
  /** The `sub` of the member of staff. */
  readonly refunded_by: string | null;
  /** The client through which they did it. */
  readonly refunded_through: string | null;
  readonly refund_reason: string | null;
}

/** What was ordered, with name and price as they were. */
export interface OrderLinesTable {
  readonly order_id: string;
  readonly position: number;
  readonly slug: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit_price_cents: number;
}

/** The shop's own tables. Those of `authMigrations` are read by the stores of `packages/auth` alone. */
export interface ShopSchema {
  readonly products: ProductsTable;
  readonly cart_lines: CartLinesTable;
  readonly orders: OrdersTable;
  readonly order_lines: OrderLinesTable;
}
