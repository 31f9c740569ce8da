import type { JWK } from 'jose';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../src/store/migrations/index.ts';
import { openDatabase } from '../src/store/open-database.ts';

/** A new database as releases left it that knew the migrations before this one only. */
export async function openEarlierRelease(
  url: string,
  before: string,
): Promise<ReturnType<typeof openDatabase>> {
  const db = openDatabase(url);
  await migrateBefore(db, before);
  return db;
}

/** Makes the tables of such a release. */
export async function migrateBefore<T>(db: Kysely<T>, before: string): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < before));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(earlier) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

interface UnsealedKey {
  readonly kid: string;
  readonly alg: string;
  readonly state: string;
  readonly privateJwk: JWK;
  readonly createdAt: number;
  readonly activatedAt: number | undefined;
}

/** A signing key as it lay in the database before keys were sealed. */
export async function addUnsealedKey<T>(db: Kysely<T>, key: UnsealedKey): Promise<void> {
  const { kid, alg, state, privateJwk, createdAt, activatedAt = null } = key;
  await sql`insert into signing_keys (kid, alg, state, private_jwk, created_at, activated_at)
    values (${kid}, ${alg}, ${state}, ${JSON.stringify(privateJwk)}, ${createdAt}, ${activatedAt})`.execute(
    db,
  );
}
