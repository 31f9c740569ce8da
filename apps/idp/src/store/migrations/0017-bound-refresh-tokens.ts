import type { Kysely } from 'kysely';

/** The key that a public client's refresh tokens are bound to (RFC 9449 §5). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('grants').addColumn('dpop_jkt', 'text').execute();
}
