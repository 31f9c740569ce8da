import type { Insertable } from 'kysely';
import { firstCatalogue } from './first-catalogue.ts';
import type { ProductsTable } from '../database/schema.ts';

/** The first catalogue as rows, in the order the shop shows them. */
export function seedProducts(): Insertable<ProductsTable>[] {
  return firstCatalogue.map((product, position) => ({
    slug: product.slug,
    position,
    name: product.name,
    kind: product.kind,
    summary: product.summary,
    description: product.description.join('\n\n'),
    specs: JSON.stringify(product.specs),
    price_cents: product.priceCents,
    member_price_cents: product.memberPriceCents,
    stock: product.stock,
  }));
}
