import { sqlTables } from '@sso/auth/session';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The tables of `createAuthStores`, for the migrations of a site's database. The names are those that existing databases
 * have recorded. Each step makes what is missing, so that the first one makes all in a new database and the later ones
 * complete an older database. A table that `sqlTables` gains later needs one more step here.
 */
export const authMigrations: Readonly<Record<string, Migration>> = {
  '003-revocations': { up: createMissingTables },
  '004-spent': { up: createMissingTables },
  '005-sealed': { up: createMissingTables },
};

async function createMissingTables<Schema>(database: Kysely<Schema>): Promise<void> {
  for (const statement of sqlTables) {
    const unlessThere = statement.replace(/^create (table|index) /, 'create $1 if not exists ');
    await sql.raw(unlessThere).execute(database);
  }
}
