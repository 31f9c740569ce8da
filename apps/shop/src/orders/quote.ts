import { createHash } from 'node:crypto';
import type { CartItem } from '../cart/cart.ts';
import { listProducts, type Reader } from '../catalogue/products.ts';
import type { ShopDatabase } from '../database/database.ts';
import { totalCents } from './order.ts';

export interface QuoteLine extends CartItem {
  readonly name: string;
  readonly listPriceCents: number;
  /** What this person pays now. */
  readonly unitPriceCents: number;
  readonly stock: number;
}

/** What things cost this person now. */
export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly totalCents: number;
  /** Changes with any product, quantity or price: whoever sends it has seen this quote. */
  readonly digest: string;
}

/** Prices things by what the reader may see. Products that the shop does not have are left out. */
export async function quote(
  database: ShopDatabase,
  reader: Reader,
  items: readonly CartItem[],
): Promise<Quote> {
  const slugs = items.map(({ slug }) => slug);
  const products = await listProducts(database, reader, slugs);
  const lines = products.map(({ slug, name, priceCents, memberPriceCents, stock }) => ({
    slug,
    name,
    stock,
    quantity: items.find((item) => item.slug === slug)?.quantity ?? 0,
    listPriceCents: priceCents,
    unitPriceCents: memberPriceCents ?? priceCents,
  }));
  return { lines, totalCents: totalCents(lines), digest: digestOf(lines) };
}

function digestOf(lines: readonly QuoteLine[]): string {
  const shown = lines.map(({ slug, quantity, unitPriceCents }) => [slug, quantity, unitPriceCents]);
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
