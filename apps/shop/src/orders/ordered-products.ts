import type { ShopDatabase } from '../database/database.ts';

/** Which of these products a person has ordered and not given back. */
export async function findOrderedProducts(
  database: ShopDatabase,
  person: string,
  slugs: readonly string[],
): Promise<ReadonlySet<string>> {
  if (slugs.length === 0) return new Set();
  const rows = await database
    .selectFrom('orders')
    .innerJoin('order_lines', 'order_lines.order_id', 'orders.id')
    .select('order_lines.slug')
    .distinct()
    .where('orders.person', '=', person)
    .where('orders.refunded_at', 'is', null)
    .where('order_lines.slug', 'in', [...slugs])
    .execute();
  return new Set(rows.map(({ slug }) => slug));
}
