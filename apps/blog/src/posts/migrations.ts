import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { firstNotes } from './first-notes/index.ts';
import type { BlogSchema } from './schema.ts';

/** Every step of the database, oldest first. A step that has been released is never edited; add one. */
export const migrations: Record<string, Migration> = {
  '001-posts': {
    async up(db: Kysely<BlogSchema>) {
      await db.schema
        .createTable('posts')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('summary', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('published_on', 'text')
        .addColumn('mentions', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('posts_published_on').on('posts').column('published_on').execute();
    },
  },
  '002-first-notes': {
    async up(db: Kysely<BlogSchema>) {
      const rows = firstNotes.map(({ publishedOn, mentions, body, ...note }) => ({
        ...note,
        published_on: publishedOn ?? null,
        mentions: JSON.stringify(mentions),
        body: body.trim(),
      }));
      await db.insertInto('posts').values(rows).execute();
    },
  },
  '003-revocations': {
    async up(db: Kysely<BlogSchema>) {
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
    async up(db: Kysely<BlogSchema>) {
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
    async up(db: Kysely<BlogSchema>) {
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
