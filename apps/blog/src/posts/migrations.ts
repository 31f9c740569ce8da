import { authMigrations } from '@sso/site/database';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { firstPosts } from './first-posts/index.ts';
import type { BlogSchema } from './schema.ts';
import { writingMigrations } from './writing-migrations.ts';

/** The steps of the blog's database, oldest first. Never edit a step that has been released; add one. */
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
      const rows = firstPosts.map(({ publishedOn, mentions, body, ...post }) => ({
        ...post,
        published_on: publishedOn ?? null,
        mentions: JSON.stringify(mentions),
        body: body.trim(),
      }));
      await db.insertInto('posts').values(rows).execute();
    },
  },
  ...writingMigrations,
  ...authMigrations,
};
