import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ShopSchema } from './schema.ts';

/** Carts and orders. Never edit a step that has been released; add one. */
export const orderMigrations: Record<string, Migration> = {
  '010-carts': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('cart_lines')
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('slug', 'text', (column) =>
          column.notNull().references('products.slug').onDelete('cascade'),
        )
        .addColumn('quantity', 'integer', (column) => column.notNull())
        .addColumn('changed_at', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('cart_lines_key', ['owner', 'slug'])
        .execute();
      await db.schema.createIndex('cart_lines_changed_at').on('cart_lines').column('changed_at').execute();
    },
  },
  '011-orders': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('orders')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('person_name', 'text')
        .addColumn('placed_at', 'integer', (column) => column.notNull())
        .addColumn('member_prices', 'integer', (column) => column.notNull())
        .addColumn('idempotency_key', 'text', (column) => column.notNull())
        .addColumn('request_digest', 'text', (column) => column.notNull())
        .addColumn('refunded_at', 'integer')
        .addColumn('refunded_by', 'text')
        .addColumn('refunded_through', 'text')
        .addColumn('refund_reason', 'text')
        .addUniqueConstraint('orders_idempotency_key', ['person', 'idempotency_key'])
        .execute();
      await db.schema
        .createIndex('orders_person')
        .on('orders')
        .columns(['person', 'placed_at', 'id'])
        .execute();
      await db.schema.createIndex('orders_placed_at').on('orders').columns(['placed_at', 'id']).execute();
      await db.schema
        .createTable('order_lines')
        .addColumn('order_id', 'text', (column) => column.notNull().references('orders.id'))
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('slug', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('quantity', 'integer', (column) => column.notNull())
        .addColumn('unit_price_cents', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('order_lines_key', ['order_id', 'slug'])
        .execute();
    },
  },
};
