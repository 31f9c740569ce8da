import { createSqliteDialect } from '@sso/sqlite';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { openPrivateDatabase } from './private-files.ts';
import type { Database } from './prepared.ts';
import type { Schema } from './schema.ts';

/**
 * Opens the database that `DATABASE_URL` names: `file:path` (SQLite, the default), `file::memory:` or
 * `postgres://…`. Nothing is created on PostgreSQL here; a SQLite file is, with mode 0600.
 *
 * @param warn is told in a sentence what was put right.
 * @throws Error when the file can't be opened, or others can read it and this user may not change that.
 */
export function openDatabase(url: string, warn: (message: string) => void = () => undefined): Database {
  const path = sqlitePathOf(url);
  if (path === undefined) return openPostgres(url);
  if (path !== MEMORY) openPrivateDatabase(path, warn);
  return new Kysely<Schema>({ dialect: createSqliteDialect({ path, secureDelete: true }) });
}

/** The path of a `DATABASE_URL`; undefined for PostgreSQL. */
export function sqlitePathOf(url: string): string | undefined {
  return /^postgres(ql)?:/.test(url) ? undefined : url.replace(/^file:/, '');
}

/** The path of a database that lives and ends with its process. */
export const MEMORY = ':memory:';

const INT8 = 20;

function openPostgres(connectionString: string): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: () => createPool(connectionString) }) });
}

/** The driver is loaded where it is named: it takes memory, and most providers run on a file. */
async function createPool(connectionString: string): Promise<Pool> {
  const { default: pg } = await import('pg');
  const types = new pg.TypeOverrides();
  // Seconds since 1970 fit a double; pg would hand out int8 as text.
  types.setTypeParser(INT8, Number);
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    types,
  });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  return pool;
}
