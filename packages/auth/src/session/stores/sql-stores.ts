import { type Clock, systemClock } from '../../foundation/index.ts';
import type { RevocationStore } from './revocation-store.ts';
import type { RefreshStore, SessionStore } from './session-store.ts';
import type { SingleUseStore } from './single-use-store.ts';

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
  readonly spent: SingleUseStore;
  readonly refreshes: RefreshStore;
}

/** The three tables, in words that SQLite (3.35 and later) and PostgreSQL share. One statement each. */
export const sqlTables: readonly string[] = [
  `create table revocations (issuer text not null, kind text not null, subject text not null,
    at bigint not null, until bigint not null, primary key (issuer, kind, subject))`,
  'create index revocations_until on revocations (until)',
  'create table spent (key text not null primary key, until bigint not null)',
  'create index spent_until on spent (until)',
  'create table sealed (id text not null primary key, value text not null, until bigint not null)',
  'create index sealed_until on sealed (until)',
];

/**
 * Ended sessions, consumed answers and shared refreshes in a site's own SQL database, so that each of its processes knows
 * them at once and a restart forgets none. Expired rows are deleted.
 *
 * @example
 * ```ts
 * // Kysely
 * const stores = createSqlStores(async (text, ...values) => (await kysely(text, ...values).execute(database)).rows);
 * const site = createRelyingParty({ ...options, ...stores });
 * ```
 */
export function createSqlStores(sql: SqlTag, clock: Clock = systemClock): SqlStores {
  return {
    revocations: createRevocations(sql, clock),
    spent: createSingleUse(sql, clock),
    refreshes: createSqlSessionStore(sql, clock),
  };
}

/** Sessions that outgrow the cookie, in the table `sealed` of the same database. */
export function createSqlSessionStore(sql: SqlTag, clock: Clock = systemClock): SessionStore {
  return {
    async find(id) {
      const [row] = await sql`select value from sealed where id = ${id} and until > ${clock()}`;
      const value: unknown =
        typeof row === 'object' && row !== null && 'value' in row ? row.value : undefined;
      return typeof value === 'string' ? value : undefined;
    },
    async save(id, sealed, ttlSeconds) {
      const now = clock();
      await sql`delete from sealed where until <= ${now}`;
      await sql`insert into sealed (id, value, until) values (${id}, ${sealed}, ${now + ttlSeconds})
        on conflict (id) do update set value = excluded.value, until = excluded.until`;
    },
    async remove(id) {
      await sql`delete from sealed where id = ${id}`;
    },
  };
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

function createSingleUse(sql: SqlTag, clock: Clock): SingleUseStore {
  return {
    async consume(key, until) {
      const now = clock();
      await sql`delete from spent where until <= ${now}`;
      // One statement decides: of two processes at the same moment the second meets the row of the first.
      const rows = await sql`insert into spent (key, until) values (${key}, ${until})
        on conflict (key) do update set until = excluded.until where spent.until <= ${now} returning key`;
      return rows.length > 0;
    },
  };
}
