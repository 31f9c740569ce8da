import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { BlogSchema } from './schema.ts';

/** Drafts, comments and names. Never edit a step that has been released; add one. */
export const writingMigrations: Record<string, Migration> = {
  '020-drafts': {
    async up(db: Kysely<BlogSchema>) {
      const alter = () => db.schema.alterTable('posts');
      await alter().addColumn('author', 'text').execute();
      await alter()
        .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
        .execute();
      await alter().addColumn('updated_at', 'integer').execute();
      await alter().addColumn('idempotency_key', 'text').execute();
      await db.schema
        .createIndex('posts_idempotency_key')
        .unique()
        .on('posts')
        .columns(['author', 'idempotency_key'])
        .execute();
    },
  },
  '021-comments': {
    async up(db: Kysely<BlogSchema>) {
      await db.schema
        .createTable('comments')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('slug', 'text', (column) => column.notNull().references('posts.slug').onDelete('cascade'))
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('written_at', 'integer', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('idempotency_key', 'text', (column) => column.notNull())
        .addColumn('hidden_at', 'integer')
        .addColumn('hidden_by', 'text')
        .addUniqueConstraint('comments_idempotency_key', ['person', 'idempotency_key'])
        .execute();
      const index = (name: string) => db.schema.createIndex(name).on('comments');
      await index('comments_slug').columns(['slug', 'written_at', 'id']).execute();
      await index('comments_person').columns(['person', 'written_at']).execute();
      await db.schema
        .createTable('people')
        .addColumn('sub', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .execute();
    },
  },
};
