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

/** Ended sessions: those of one provider session (`sid`) or all of one person (`sub`). Times are epoch seconds. */
export interface RevocationsTable {
  readonly issuer: string;
  readonly kind: 'sid' | 'sub';
  readonly subject: string;
  readonly at: number;
  readonly until: number;
}

/** What may be used once (answered logins, logout tokens), by a hash of it. Epoch seconds. */
export interface SpentTable {
  readonly key: string;
  readonly until: number;
}

/** What came of a refresh, for the site's other processes: sealed, and for seconds only. Epoch seconds. */
export interface SealedTable {
  readonly id: string;
  readonly value: string;
  readonly until: number;
}

export interface ShopSchema {
  readonly products: ProductsTable;
  readonly revocations: RevocationsTable;
  readonly spent: SpentTable;
  readonly sealed: SealedTable;
}
