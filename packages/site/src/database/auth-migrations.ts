import { sqlTables, sqlUpgrade } from '@sso/auth/session';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The tables of `createAuthStores`, for the migrations of a site's database. The names are those that existing databases
 * have recorded. Each step makes what is missing, so that the first one makes all in a new database and the later ones
 * complete an older database. A table that `sqlTables` gains later needs one more step here.
 */
export const authMigrations: Readonly<Record<string, Migration>> = {
  '003-revocations': { up: makeWhatIsMissing },
  '004-spent': { up: makeWhatIsMissing },
  '005-sealed': { up: makeWhatIsMissing },
  '006-noted': { up: makeWhatIsMissing },
  '007-permission-changes': { up: makeWhatIsMissing },
};

async function makeWhatIsMissing<Schema>(database: Kysely<Schema>): Promise<void> {
  const upgrade = (await isOfEarlierRelease(database)) ? sqlUpgrade : [];
  for (const statement of [...upgrade, ...sqlTables]) {
    const unlessThere = statement.replace(/^create (table|index) /, 'create $1 if not exists ');
    await sql.raw(unlessThere).execute(database);
  }
}

/** Whether there is a table that lacks what `sqlUpgrade` adds. */
async function isOfEarlierRelease<Schema>(database: Kysely<Schema>): Promise<boolean> {
  const tables = await database.introspection.getTables();
  const columns = tables.find(({ name }) => name === 'revocations')?.columns ?? [];
  return columns.length > 0 && !columns.some(({ name }) => name === 'noted');
}
