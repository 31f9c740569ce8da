import { type Clock, systemClock } from '../foundation/index.ts';
import type { RevocationStore } from './revocations.ts';
import type { SpentStore } from './spent.ts';

/**
 * Runs one statement and gives its rows. The template's values are sent as parameters, never as text: the `sql` tag of
 * postgres.js has this shape, Kysely's needs a line.
 */
export type SqlTag = (
  text: TemplateStringsArray,
  ...values: readonly (string | number)[]
) => Promise<readonly unknown[]>;

export interface SqlStores {
  readonly revocations: RevocationStore;
  readonly spent: SpentStore;
}

/** The two tables, in words that SQLite (3.35 and later) and PostgreSQL share. One statement each. */
export const sqlTables: readonly string[] = [
  `create table revocations (issuer text not null, kind text not null, subject text not null,
    at bigint not null, until bigint not null, primary key (issuer, kind, subject))`,
  'create index revocations_until on revocations (until)',
  'create table spent (key text not null primary key, until bigint not null)',
  'create index spent_until on spent (until)',
];

/**
 * Ended sessions and used answers in a site's own SQL database, so that each of its processes knows them at once and a
 * restart forgets none. Rows are deleted once they say nothing any more.
 *
 * @example
 * ```ts
 * // Kysely
 * const stores = createSqlStores(async (text, ...values) => (await kysely(text, ...values).execute(database)).rows);
 * const site = createRelyingParty({ ...options, ...stores });
 * ```
 */
export function createSqlStores(sql: SqlTag, clock: Clock = systemClock): SqlStores {
  return { revocations: createRevocations(sql, clock), spent: createSpent(sql, clock) };
}

function createRevocations(sql: SqlTag, clock: Clock): RevocationStore {
  return {
    async revoke({ issuer, sid, sub, at, until }) {
      // A logout token names a person only when it means all of the person's sessions (Back-Channel Logout §2.4).
      const [kind, subject] = sid === undefined ? ['sub', sub] : ['sid', sid];
      if (kind === undefined || subject === undefined) return;
      await sql`delete from revocations where until <= ${clock()}`;
      await sql`insert into revocations (issuer, kind, subject, at, until)
        values (${issuer}, ${kind}, ${subject}, ${at}, ${until})
        on conflict (issuer, kind, subject) do update set
          at = case when excluded.at > revocations.at then excluded.at else revocations.at end,
          until = case when excluded.until > revocations.until then excluded.until else revocations.until end`;
    },
    async isRevoked({ issuer, sid, sub, issuedAt }) {
      const rows = await sql`select 1 from revocations where issuer = ${issuer}
        and ((kind = 'sid' and subject = ${sid}) or (kind = 'sub' and subject = ${sub}))
        and at >= ${issuedAt} and until > ${clock()} limit 1`;
      return rows.length > 0;
    },
  };
}

function createSpent(sql: SqlTag, clock: Clock): SpentStore {
  return {
    async spendOnce(key, until) {
      const now = clock();
      await sql`delete from spent where until <= ${now}`;
      // One statement decides: of two processes at the same moment the second meets the row of the first.
      const rows = await sql`insert into spent (key, until) values (${key}, ${until})
        on conflict (key) do update set until = excluded.until where spent.until <= ${now} returning key`;
      return rows.length > 0;
    },
  };
}
