import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('narrowed_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('narrowed_tokens_by_end').on('narrowed_tokens').column('expires_at').execute();
  await addConsent(db);
}

/**
 * Until now a grant did not say whether a consent gave it. A third party's did; a grant with `offline_access` did too,
 * since only `prompt=consent` gives that.
 */
async function addConsent(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('grants').addColumn('consent_at', 'bigint').execute();
  await sql`update grants set consent_at = offline_at where offline_at is not null and exists
    (select 1 from consents where consents.sub = grants.sub and consents.client_id = grants.client_id)`.execute(
    db,
  );
}
