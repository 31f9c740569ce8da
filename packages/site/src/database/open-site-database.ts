import { createSqliteDialect, retryWhileLocked } from '@sso/sqlite';
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

/** How long a start waits for another process that is writing to the file, such as one that migrates it. */
const MIGRATION_WAIT_SECONDS = 60;

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
  const database = new Kysely<Schema>({ dialect: createSqliteDialect({ path: file }) });
  try {
    await migrate(database, migrations);
  } catch (error) {
    await database.destroy();
    throw new Error(`The ${site}'s database ${file} could not be brought up to date.`, { cause: error });
  }
  return database;
}

/** One transaction: of several processes that start together one migrates, the others wait and find everything done. */
async function migrate<Schema>(
  database: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    // The steps come from the site and from `authMigrations`: one that is new here may stand before one that has run.
    allowUnorderedMigrations: true,
  });
  await retryWhileLocked(MIGRATION_WAIT_SECONDS, async () => {
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}
