import { z } from 'zod';
import type { ShopDatabase } from '../database/database.ts';

/** A product as pages and API show it. Money is whole cents of a euro. */
export interface Product {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly specs: readonly (readonly [term: string, value: string])[];
  readonly priceCents: number;
  /** Only there when the reader may see it. */
  readonly memberPriceCents?: number;
  readonly stock: number;
}

export interface Reader {
  /** Whether the reader holds `shop:prices.member`. Without it the member price never leaves the database. */
  readonly seesMemberPrices: boolean;
}

const specs = z.array(z.tuple([z.string(), z.string()]));
const publicColumns = [
  'slug',
  'name',
  'kind',
  'summary',
  'description',
  'specs',
  'price_cents',
  'stock',
] as const;

/** The whole catalogue in its order, or only the named products. */
export async function listProducts(
  database: ShopDatabase,
  reader: Reader,
  slugs?: readonly string[],
): Promise<Product[]> {
  const rows = await database
    .selectFrom('products')
    .select(publicColumns)
    .$if(reader.seesMemberPrices, (query) => query.select('member_price_cents'))
    .$if(slugs !== undefined, (query) => query.where('slug', 'in', [...(slugs ?? [])]))
    .orderBy('position')
    .execute();
  return rows.map(toProduct);
}

export async function findProduct(
  database: ShopDatabase,
  reader: Reader,
  slug: string,
): Promise<Product | undefined> {
  const [product] = await listProducts(database, reader, [slug]);
  return product;
}

type Row = Readonly<
  Record<'slug' | 'name' | 'kind' | 'summary' | 'description' | 'specs', string> &
    Record<'price_cents' | 'stock', number> & { member_price_cents?: number | undefined }
>;

function toProduct(row: Row): Product {
  return {
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    summary: row.summary,
    description: row.description.split('\n\n'),
    specs: specs.parse(JSON.parse(row.specs)),
    priceCents: row.price_cents,
    stock: row.stock,
    ...(row.member_price_cents === undefined ? {} : { memberPriceCents: row.member_price_cents }),
  };
}
