import { openSiteDatabase } from '@sso/site/database';
import type { Kysely } from 'kysely';
import { migrations } from './migrations.ts';
import type { BlogSchema } from './schema.ts';

export type BlogDatabase = Kysely<BlogSchema>;

/**
 * Opens the blog's database and fills an empty one with the first posts.
 *
 * @param file a path, or `:memory:`
 * @throws Error when the file is no SQLite database or a migration fails.
 */
export function openBlogDatabase(file: string): Promise<BlogDatabase> {
  return openSiteDatabase<BlogSchema>({ site: 'blog', file, migrations });
}
