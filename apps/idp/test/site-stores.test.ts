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
  readonly open: () => Promise<OpenDatabase>;
}

interface OpenDatabase {
  readonly database: Kysely<object>;
  readonly close: () => Promise<void>;
}

const engines: readonly Engine[] = [
  {
    name: 'SQLite',
    skipped: false,
    async open() {
      const database = new Kysely<object>({
        dialect: new SqliteDialect({ database: new Sqlite(':memory:') }),
      });
      return { database, close: () => database.destroy() };
    },
  },
  {
    name: 'PostgreSQL',
    skipped: !hasPostgres,
    async open() {
      const server = await startPostgres();
      const pool = new Pool({ connectionString: server.url });
      // The server may go before the pool's last connection has: that is no failure of any row.
      pool.on('error', () => undefined);
      pool.on('connect', (client) => client.on('error', () => undefined));
      const database = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
      const close = async (): Promise<void> => {
        await database.destroy();
        await server[Symbol.asyncDispose]();
      };
      return { database, close };
    },
  },
];

describe.each(engines)('a site’s stores on $name', ({ skipped, open }) => {
  const clock = createTestClock();
  let opened: OpenDatabase | undefined;
  const tag: SqlTag = async (text, ...values) => {
    if (!opened) throw new Error('no database is open');
    return (await sql(text, ...values).execute(opened.database)).rows;
  };
  const { revocations, spent } = createSqlStores(tag, clock);

  beforeAll(async () => {
    if (skipped) return;
    opened = await open();
    for (const statement of sqlTables) await sql.raw(statement).execute(opened.database);
  });
  afterAll(() => opened?.close());

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
