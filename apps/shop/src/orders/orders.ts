import type { Selectable } from 'kysely';
import type { ShopDatabase } from '../database/database.ts';
import type { OrderLinesTable, OrdersTable } from '../database/schema.ts';
import { type Order, totalCents } from './order.ts';

export interface OrderFilter {
  /** Only the orders of this person, by `sub`; default: everybody's. */
  readonly person?: string | undefined;
}

export interface OrderPage extends OrderFilter {
  /** Only orders older than this one, by id. */
  readonly before?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

/** One order, of this person where one is named; another person's order is not there. */
export async function findOrder(
  database: ShopDatabase,
  id: string,
  filter: OrderFilter = {},
): Promise<Order | undefined> {
  const rows = await selectOrders(database, filter).where('id', '=', id).execute();
  const [order] = await withLines(database, rows);
  return order;
}

/** Orders, the latest first. */
export async function listOrders(
  database: ShopDatabase,
  { before, limit = 50, ...filter }: OrderPage,
): Promise<Order[]> {
  const rows = await selectOrders(database, filter)
    .$if(before !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('placed_at', 'id'),
          '<',
          eb
            .selectFrom('orders as last')
            .select(['last.placed_at', 'last.id'])
            .where('last.id', '=', before ?? '')
            .$asTuple('placed_at', 'id'),
        ),
      ),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withLines(database, rows);
}

function selectOrders(database: ShopDatabase, { person }: OrderFilter) {
  const orders = database.selectFrom('orders').selectAll();
  return person === undefined ? orders : orders.where('person', '=', person);
}

async function withLines(database: ShopDatabase, rows: readonly Selectable<OrdersTable>[]): Promise<Order[]> {
  const lines = await database
    .selectFrom('order_lines')
    .selectAll()
    .where(
      'order_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('position')
    .execute();
  return rows.map((row) =>
    toOrder(
      row,
      lines.filter(({ order_id }) => order_id === row.id),
    ),
  );
}

function toOrder(row: Selectable<OrdersTable>, rows: readonly Selectable<OrderLinesTable>[]): Order {
  const lines = rows.map(({ slug, name, quantity, unit_price_cents }) => ({
    slug,
    name,
    quantity,
    unitPriceCents: unit_price_cents,
  }));
  return {
    id: row.id,
    person: row.person,
    personName: row.person_name ?? undefined,
    placedAt: row.placed_at,
    memberPrices: row.member_prices === 1,
    lines,
    totalCents: totalCents(lines),
    refund: refundOf(row),
  };
}

function refundOf(row: Selectable<OrdersTable>): Order['refund'] {
  const { refunded_at: at, refunded_by: by, refunded_through: through, refund_reason: reason } = row;
  if (at === null) return undefined;
  return { at, by: by ?? '', through: through ?? '', reason: reason ?? '' };
}
