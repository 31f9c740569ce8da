import type { Kysely } from 'kysely';

/** A row for each scope of a grant in the place of one for each token. The tokens live for minutes, and go with theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('narrowed_tokens').execute();
  await db.schema
    .createTable('narrowed_scopes')
    .addColumn('grant_id', 'text', (column) => column.notNull())
    .addColumn('scope_hash', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('narrowed_scopes_pk', ['grant_id', 'scope_hash'])
    .execute();
  await db.schema.createIndex('narrowed_scopes_by_end').on('narrowed_scopes').column('expires_at').execute();
}
