import { closeSync, openSync } from 'node:fs';
import { createSqliteDialect } from '@sso/sqlite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './prepared.ts';
import type { Schema } from './schema.ts';

/**
 * Opens the database that `DATABASE_URL` names: `file:path` (SQLite, the default), `file::memory:` or
 * `postgres://…`. Nothing is created on PostgreSQL here; a SQLite file is, with mode 0600.
 *
 * @throws Error when the file can't be opened.
 */
export function openDatabase(url: string): Database {
  if (/^postgres(ql)?:/.test(url)) return openPostgres(url);
  return openSqlite(url.replace(/^file:/, ''));
}

function openSqlite(path: string): Database {
  // The file holds password hashes and private keys: nobody else on the machine may read it, nor its -wal and
  // -shm, which inherit the mode.
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  return new Kysely<Schema>({ dialect: createSqliteDialect({ path }) });
}

const INT8 = 20;

function openPostgres(connectionString: string): Database {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    types: numbersAsNumbers(),
  });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

// Seconds since 1970 fit a double; pg would hand out int8 as text.
function numbersAsNumbers(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  return types;
}
