import { createSqlStores, type SqlStores } from '@sso/auth/session';
import { sql } from 'kysely';
import type { BlogDatabase } from './database.ts';

/**
 * Ended sessions, used answers and settled refreshes in the blog's own database, so that every process of the blog knows
 * them at once.
 */
export function createStores(open: () => Promise<BlogDatabase>, clock?: () => number): SqlStores {
  return createSqlStores(async (text, ...values) => {
    const { rows } = await sql(text, ...values).execute(await open());
    return rows;
  }, clock);
}
