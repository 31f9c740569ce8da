import { createSqlStores, type SqlStores } from '@sso/auth/session';
import { sql } from 'kysely';
import type { ShopDatabase } from './database.ts';

/**
 * Ended sessions, used answers and settled refreshes in the shop's own database, so that every process of the shop knows
 * them at once.
 */
export function createStores(open: () => Promise<ShopDatabase>, clock?: () => number): SqlStores {
  return createSqlStores(async (text, ...values) => {
    const { rows } = await sql(text, ...values).execute(await open());
    return rows;
  }, clock);
}
