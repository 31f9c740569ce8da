import { authMigrations } from '@sso/site/database';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { seedProducts } from '../catalogue/seed.ts';
import { orderMigrations } from './order-migrations.ts';
import type { ShopSchema } from './schema.ts';

/** The steps of the shop's database, oldest first. Never edit a step that has been released; add one. */
export const migrations: Record<string, Migration> = {
  '001-products': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('products')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('position', 'integer', (column) => column.notNull().unique())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('summary', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('specs', 'text', (column) => column.notNull())
        .addColumn('price_cents', 'integer', (column) => column.notNull())
        .addColumn('member_price_cents', 'integer', (column) => column.notNull())
        .addColumn('stock', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '002-first-catalogue': {
    async up(db: Kysely<ShopSchema>) {
      await db.insertInto('products').values(seedProducts()).execute();
    },
  },
  ...authMigrations,
  ...orderMigrations,
};
