import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('consents')
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('asked', 'text', (column) => column.notNull())
    .addColumn('allowed', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('consents_pk', ['sub', 'client_id'])
    .execute();
  await db.schema.alterTable('interactions').addColumn('chosen_sid', 'text').execute();
  await db.schema.alterTable('interactions').addColumn('consented_sub', 'text').execute();
  // Taking a consent back ends what was granted by it.
  await db.schema.createIndex('grants_by_person').on('grants').columns(['sub', 'client_id']).execute();
}
