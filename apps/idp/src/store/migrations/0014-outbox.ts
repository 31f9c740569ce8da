import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await createOutbox(db);
  await db.schema
    .createTable('outbox_probes')
    .addColumn('lane', 'text', (column) => column.primaryKey())
    .addColumn('probed_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text')
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text')
    .addColumn('shown_to', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('leased_until', 'bigint', (column) => column.notNull())
    .addColumn('tried_at', 'bigint')
    .addColumn('tries', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('outcome', 'text')
    .execute();
  await createIndexes(db);
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  await sql`create index outbox_due on outbox (lane, next_at) where finished_at is null`.execute(db);
  await sql`create index outbox_probed on outbox (lane, tried_at)
    where finished_at is null and next_at is null`.execute(db);
  await sql`create index outbox_waiting_by_end on outbox (expires_at) where finished_at is null`.execute(db);
  await sql`create index outbox_finished on outbox (finished_at) where finished_at is not null`.execute(db);
  await sql`create index outbox_shown on outbox (shown_to) where shown_to is not null`.execute(db);
}
