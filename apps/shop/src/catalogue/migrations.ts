import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { seedProducts } from './seed.ts';
import type { ShopSchema } from './schema.ts';

/** Every step of the database, oldest first. A step that has been released is never edited; add one. */
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
  '003-revocations': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('revocations')
        .addColumn('issuer', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('at', 'integer', (column) => column.notNull())
        .addColumn('until', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('revocations_subject', ['issuer', 'kind', 'subject'])
        .execute();
    },
  },
  '004-spent': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('spent')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('until', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('spent_until').on('spent').column('until').execute();
      await db.schema.createIndex('revocations_until').on('revocations').column('until').execute();
    },
  },
  '005-sealed': {
    async up(db: Kysely<ShopSchema>) {
      await db.schema
        .createTable('sealed')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('until', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('sealed_until').on('sealed').column('until').execute();
    },
  },
};
