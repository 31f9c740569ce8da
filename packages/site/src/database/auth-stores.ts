import { createSqlStores, type SqlStores as AuthStores } from '@sso/auth/session';
import { type QueryExecutorProvider, sql } from 'kysely';

export type { AuthStores };

/**
 * The stores of `packages/auth` in a site's own database, so that each process of the site knows at once which sessions
 * have ended, which answers were used, and what came of a refresh.
 *
 * @param open gives the site's database, with the tables of `authMigrations`
 * @param clock epoch seconds; by default the system's
 */
export function createAuthStores(
  open: () => Promise<QueryExecutorProvider>,
  clock?: () => number,
): AuthStores {
  return createSqlStores(async (text, ...values) => {
    const { rows } = await sql(text, ...values).execute(await open());
    return rows;
  }, clock);
}
