import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // An interaction that ended before has no grant here, so it is over, as it was.
  await db.schema.alterTable('interactions').addColumn('grant_id', 'text').execute();
}
