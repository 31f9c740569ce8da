import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

const BUSY_MILLISECONDS = 5000;

export interface SiteDatabaseOptions {
  /** The site, for the error's message. */
  readonly site: string;
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Each step of the database by its name; they run in the order of the names, each once. */
  readonly migrations: Readonly<Record<string, Migration>>;
}

/**
 * Opens a site's database file and runs the migrations that it lacks.
 *
 * @throws Error when the file is no SQLite database or a migration fails.
 */
export async function openSiteDatabase<Schema>(options: SiteDatabaseOptions): Promise<Kysely<Schema>> {
  const { site, file, migrations } = options;
  const connection = new Sqlite(file);
  const database = new Kysely<Schema>({ dialect: new SqliteDialect({ database: connection }) });
  try {
    connection.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
    connection.pragma('journal_mode = WAL');
    // Two processes may open an empty file: the second waits for the lock, and then finds everything done.
    connection.exec('begin immediate');
    await migrate(database, migrations);
    connection.exec('commit');
  } catch (error) {
    await database.destroy();
    throw new Error(`The ${site}'s database ${file} could not be brought up to date.`, { cause: error });
  }
  return database;
}

async function migrate<Schema>(
  database: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
