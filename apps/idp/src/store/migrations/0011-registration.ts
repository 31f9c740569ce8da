import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The clients that are there already count as changed at the very beginning.
  await db.schema
    .alterTable('clients')
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('clients').addColumn('registration_token_hash', 'text').execute();
  await db.schema.createIndex('clients_by_version').on('clients').column('version').execute();
  await db.schema
    .createTable('initial_access_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('uses_left', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('initial_access_tokens_by_end')
    .on('initial_access_tokens')
    .column('expires_at')
    .execute();
}
