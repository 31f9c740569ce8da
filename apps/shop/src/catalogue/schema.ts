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

/** The shop's own tables. Those of `authMigrations` are read by the stores of `packages/auth` alone. */
export interface ShopSchema {
  readonly products: ProductsTable;
}
