import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { type Dialect, type DialectAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { createConnection, type SqliteConnection } from './connection.ts';
import { createSqliteDriver } from './driver.ts';
import { retryWhileLocked } from './lock.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. */
  readonly path: string;
  /**
   * How long a write waits while another process writes, in seconds, before it fails; see {@link isLocked}. Everything
   * else goes on meanwhile. Default 2.
   */
  readonly lockWaitSeconds?: number;
  /** Whether what is deleted or replaced is overwritten with zeros, for files that hold keys. Default false. */
  readonly secureDelete?: boolean;
}

const LOCK_WAIT_SECONDS = 2;
/** At the start nobody is waiting yet, and another process may be creating the file. */
const OPEN_WAIT_SECONDS = 30;

/**
 * Kysely on a SQLite file that other processes write as well. What was committed survives a loss of power.
 *
 * @example
 * ```ts
 * const database = new Kysely<Schema>({ dialect: createSqliteDialect({ path: 'shop.sqlite' }) });
 * ```
 */
export function createSqliteDialect(options: SqliteOptions): Dialect {
  const { lockWaitSeconds = LOCK_WAIT_SECONDS } = options;
  return {
    createDriver: () => createSqliteDriver({ open: () => openSqlite(options), lockWaitSeconds }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => adapter,
    createIntrospector: (database) => new SqliteIntrospector(database),
  };
}

const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  // The driver lets transactions take turns; Kysely's own lock would make reads wait as well.
  supportsMultipleConnections: true,
  // Migrations run in one transaction, which is their lock: of two processes the second one waits, and finds them done.
  supportsTransactionalDdl: true,
  supportsReturning: true,
  supportsOutput: false,
  acquireMigrationLock: async () => undefined,
  releaseMigrationLock: async () => undefined,
};

async function openSqlite({ path, secureDelete = false }: SqliteOptions): Promise<SqliteConnection> {
  const sqlite = await openFile(path);
  try {
    await retryWhileLocked(OPEN_WAIT_SECONDS, () => sqlite.pragma('journal_mode = WAL'));
    // With less, a loss of power could bring back a code that was spent, a token that was rotated or a session that ended.
    sqlite.pragma('synchronous = FULL');
    if (secureDelete) sqlite.pragma('secure_delete = ON');
    return createConnection(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Of a missing folder better-sqlite3 says by a text alone what SQLite says by a code. */
async function openFile(path: string): Promise<BetterSqlite.Database> {
  // The driver is loaded where a file is opened: it takes memory, which a provider on PostgreSQL needs for nothing.
  const { default: Sqlite } = await import('better-sqlite3');
  if (existsSync(dirname(path))) return new Sqlite(path, { timeout: 0 });
  throw new Sqlite.SqliteError(`the folder of ${path} is not there`, 'SQLITE_CANTOPEN');
}
