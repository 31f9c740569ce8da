import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { ShopSchema } from './schema.ts';

const BUSY_MILLISECONDS = 5000;

export type ShopDatabase = Kysely<ShopSchema>;

/**
 * Opens the shop's database file, brings it to the newest step and fills an empty one with the first catalogue.
 *
 * @param file a path, or `:memory:`
 * @throws Error when the file is no SQLite database or a step fails.
 */
export async function openDatabase(file: string): Promise<ShopDatabase> {
  const connection = new Sqlite(file);
  const database = new Kysely<ShopSchema>({ dialect: new SqliteDialect({ database: connection }) });
  try {
    connection.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
    connection.pragma('journal_mode = WAL');
    // Two processes may meet an empty file: the second waits for the lock and then finds everything done.
    connection.exec('begin immediate');
    await migrate(database);
    connection.exec('commit');
  } catch (error) {
    await database.destroy();
    throw new Error(`The shop's database ${file} could not be brought up to date.`, { cause: error });
  }
  return database;
}

async function migrate(database: ShopDatabase): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
