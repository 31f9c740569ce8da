import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await boundInteractions(db);
  await boundGrants(db);
  await createPasswordCosts(db);
}

/** Those that wait now belong to no budget; half an hour later they are gone. */
async function boundInteractions(db: Kysely<unknown>): Promise<void> {
  const table = () => db.schema.alterTable('interactions');
  await table().addColumn('budget', 'text').execute();
  await table()
    .addColumn('stage', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await table()
    .addColumn('arrival', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('interactions_by_budget')
    .on('interactions')
    .columns(['budget', 'stage', 'arrival'])
    .execute();
}

async function boundGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('grants')
    .addColumn('arrival', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('grants_by_session')
    .on('grants')
    .columns(['sid', 'client_id', 'code_consumed_at'])
    .execute();
  await sql`create index grants_unredeemed on grants (code_expires_at) where code_consumed_at is null`.execute(
    db,
  );
}

interface StoredHash {
  readonly sub: string;
  readonly password_hash: string;
}

const PEOPLE_AT_ONCE = 10_000;

async function createPasswordCosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('password_costs')
    .addColumn('cost', 'text', (column) => column.primaryKey())
    .execute();
  const costs = new Set<string>();
  for (let last = ''; ;) {
    const people = await sql<StoredHash>`select sub, password_hash from people
      where sub > ${last} order by sub limit ${PEOPLE_AT_ONCE}`.execute(db);
    for (const { password_hash: hash } of people.rows)
      costs.add(hash.slice(0, hash.lastIndexOf('$', hash.lastIndexOf('$') - 1)));
    const next = people.rows.at(-1)?.sub;
    if (next === undefined) break;
    last = next;
  }
  for (const cost of costs) await sql`insert into password_costs (cost) values (${cost})`.execute(db);
}
