import { type Clock, systemClock } from '../../foundation/index.ts';
import { findRows, isEnded, rowsOf } from './revocation-rows.ts';
import type { RecentRevocation, RevocableSession, RevocationStore } from './revocation-store.ts';
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

/** Of each person the latest change of permissions. */
const changeTables = [
  `create table permission_changes (issuer text not null, sub text not null, at bigint not null,
    until bigint not null, noted bigint not null, primary key (issuer, sub))`,
  'create index permission_changes_until on permission_changes (until)',
  'create index permission_changes_noted on permission_changes (noted)',
];

/** The four tables, in words that SQLite (3.35 and later) and PostgreSQL share. One statement each. */
export const sqlTables: readonly string[] = [
  `create table revocations (issuer text not null, kind text not null, subject text not null,
    at bigint not null, until bigint not null, noted bigint not null default 0,
    primary key (issuer, kind, subject))`,
  'create index revocations_until on revocations (until)',
  'create index revocations_noted on revocations (noted)',
  ...changeTables,
  'create table spent (key text not null primary key, until bigint not null)',
  'create index spent_until on spent (until)',
  'create table sealed (id text not null primary key, value text not null, until bigint not null)',
  'create index sealed_until on sealed (until)',
];

/**
 * What tables of an earlier release lack, in the same words: run these before processes of this release start. Processes of
 * the earlier release go on beside it. `noted` says when a row was written, and they leave it at 0; tables that have it
 * already need all but the first two statements.
 */
export const sqlUpgrade: readonly string[] = [
  'alter table revocations add column noted bigint not null default 0',
  'create index revocations_noted on revocations (noted)',
  ...changeTables,
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
  const findState = async (session: RevocableSession) => {
    const { issuer, sid, id = sid, sub } = session;
    const now = clock();
    // By the whole primary key of each. With an `or` in it SQLite would read all rows of the issuer.
    const rows = await sql`select issuer, kind, subject, at from revocations where issuer = ${issuer}
      and kind in ('sid', 'sub', 'order') and subject in (${sid}, ${id}, ${sub}) and until > ${now}
      union all select issuer, 'permissions', sub, at from permission_changes
      where issuer = ${issuer} and sub = ${sub} and until > ${now}`;
    const found = rows.map(toRecent);
    const findAt = (kind: RecentRevocation['kind'], subject: string) =>
      found.find((row) => row.kind === kind && row.subject === subject)?.at;
    const isRevoked = isEnded(findRows(session, findAt), session);
    return { isRevoked, permissionsChangedAt: findAt('permissions', sub) };
  };
  return {
    async revoke(revocation) {
      await sql`delete from revocations where until <= ${clock()}`;
      for (const { kind, subject, at, until } of rowsOf(revocation)) {
        await sql`insert into revocations (issuer, kind, subject, at, until, noted)
          values (${revocation.issuer}, ${kind}, ${subject}, ${at}, ${until}, ${clock()})
          on conflict (issuer, kind, subject) do update set noted = excluded.noted,
            at = case when excluded.at > revocations.at then excluded.at else revocations.at end,
            until = case when excluded.until > revocations.until then excluded.until else revocations.until end`;
      }
    },
    async changePermissions({ issuer, sub, at, until }) {
      await sql`delete from permission_changes where until <= ${clock()}`;
      // One statement decides: an older change, or the same once more, changes nothing.
      const rows = await sql`insert into permission_changes (issuer, sub, at, until, noted)
        values (${issuer}, ${sub}, ${at}, ${until}, ${clock()})
        on conflict (issuer, sub) do update set at = excluded.at, until = excluded.until, noted = excluded.noted
        where excluded.at > permission_changes.at returning sub`;
      return rows.length > 0;
    },
    isRevoked: async (session) => (await findState(session)).isRevoked,
    findState,
    async findSince(moment) {
      // By the indexes revocations_noted and permission_changes_noted.
      const now = clock();
      const rows = await sql`select issuer, kind, subject, at from revocations
        where noted >= ${moment} and until > ${now}
        union all select issuer, 'permissions', sub, at from permission_changes
        where noted >= ${moment} and until > ${now}`;
      return rows.map(toRecent);
    },
  };
}

const kinds: readonly RecentRevocation['kind'][] = ['sid', 'sub', 'order', 'permissions'];

/** Drivers give a bigint as a number, as text or as a BigInt. @throws TypeError for a row that is none of ours */
function toRecent(row: unknown): RecentRevocation {
  const { issuer, kind: name, subject, at }: Partial<Record<string, unknown>> = Object(row);
  const kind = kinds.find((known) => known === name);
  const isText = typeof issuer === 'string' && typeof subject === 'string';
  if (kind === undefined || !isText || !Number.isSafeInteger(Number(at)))
    throw new TypeError('a revocation in the database is unreadable');
  return { issuer, kind, subject, at: Number(at) };
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
