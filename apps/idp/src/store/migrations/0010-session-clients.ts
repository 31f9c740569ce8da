import { type Kysely, sql } from 'kysely';

/**
 * Until now all clients of a sign-on session were told one `sid`, its own id. Those that redeemed a code in a session that
 * lives know it by that, and their own sessions and logout tokens go on naming it; each that comes later gets its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('session_clients')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('sid', 'text', (column) => column.notNull())
    .addColumn('reached_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_clients_pk', ['session_id', 'client_id'])
    .execute();
  await sql`insert into session_clients (session_id, client_id, sid, reached_at)
    select sessions.sid, grants.client_id, sessions.sid, min(grants.code_consumed_at)
    from grants inner join sessions on sessions.sid = grants.sid
    where grants.code_consumed_at is not null and grants.revoked_at is null
    group by sessions.sid, grants.client_id`.execute(db);
}
