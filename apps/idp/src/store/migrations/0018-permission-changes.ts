import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('permission_changes')
    .addColumn('sub', 'text', (column) => column.primaryKey())
    .addColumn('changed_at', 'bigint')
    .addColumn('undated_since', 'bigint')
    .addColumn('noted_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('permission_changes_noted')
    .on('permission_changes')
    .column('noted_at')
    .execute();
  await db.schema
    .createTable('role_changes')
    .addColumn('version', 'bigint', (column) => column.primaryKey())
    .addColumn('roles_hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into role_changes (version, roles_hash) values (0, '')`.execute(db);
}
