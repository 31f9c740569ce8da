import { createSqlSessionStore, createSqlStores, sqlTables, type SqlTag } from '@sso/auth/session';
import { createTestClock, revocationContract, sessionStoreContract, spentContract } from '@sso/auth/testing';
import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPostgres, startPostgres } from './throwaway-postgres.ts';

// The package has no database of its own; the provider's tests have both, so its SQL is proven here.

interface Engine {
  readonly name: string;
  readonly skipped: boolean;
  readonly open: (disposal: AsyncDisposableStack) => Promise<Kysely<object>>;
}

const engines: readonly Engine[] = [
  {
    name: 'SQLite',
    skipped: false,
    open: async () => new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(':memory:') }) }),
  },
  {
    name: 'PostgreSQL',
    skipped: !hasPostgres,
    async open(disposal) {
      const { url } = disposal.use(await startPostgres());
      const pool = new Pool({ connectionString: url });
      // The server may go before the pool's last connection has: that is no failure of any row.
      pool.on('error', () => undefined);
      pool.on('connect', (client) => client.on('error', () => undefined));
      return new Kysely({ dialect: new PostgresDialect({ pool }) });
    },
  },
];

describe.each(engines)('a site’s stores on $name', ({ skipped, open }) => {
  const clock = createTestClock();
  const disposal = new AsyncDisposableStack();
  let database: Kysely<object>;
  const tag: SqlTag = async (text, ...values) => (await sql(text, ...values).execute(database)).rows;
  const { revocations, spent } = createSqlStores(tag, clock);

  beforeAll(async () => {
    if (skipped) return;
    database = await open(disposal);
    disposal.defer(() => database.destroy());
    for (const statement of sqlTables) await sql.raw(statement).execute(database);
  });
  afterAll(() => disposal.disposeAsync());

  it.skipIf(skipped).each(revocationContract)('%s', async (_what, prove) =>
    expect(prove(revocations, clock)).resolves.toBeUndefined(),
  );
  it.skipIf(skipped).each(spentContract)('%s', async (_what, prove) =>
    expect(prove(spent, clock)).resolves.toBeUndefined(),
  );
  it.skipIf(skipped).each(sessionStoreContract)('%s', async (_what, prove) =>
    expect(prove(createSqlSessionStore(tag, clock), clock)).resolves.toBeUndefined(),
  );
});
