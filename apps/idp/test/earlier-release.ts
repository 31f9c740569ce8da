import { Migrator } from 'kysely/migration';
import { migrations } from '../src/store/migrations/index.ts';
import { openDatabase } from '../src/store/open-database.ts';

/** A new database as releases left it that knew the migrations before this one only. */
export async function openEarlierRelease(
  url: string,
  before: string,
): Promise<ReturnType<typeof openDatabase>> {
  const db = openDatabase(url);
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < before));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(earlier) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return db;
}
