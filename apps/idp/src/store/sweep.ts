import { type RawBuilder, sql } from 'kysely';
import { SHOWN_SECONDS } from './outbox.ts';
import { REMEMBERED_SECONDS } from './permission-changes.ts';
import { sweepKeys } from './past-keys.ts';
import { type Bind, type Database, prepare, skipLocked } from './prepared.ts';
import type { Schema } from './schema.ts';
import { sweepSessions } from './sessions.ts';

/** So few that deleting them holds up nothing else: SQLite does it inside the event loop. */
export const SWEPT_AT_ONCE = 100;

/** Rows of a table that end, the column or columns that name one, and when one is over. */
interface Expiring {
  readonly table: keyof Schema;
  readonly key: readonly string[];
  readonly isOver: (now: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** What it is over by, which an index has in order. */
  readonly end: string;
}

const expired = (table: keyof Schema, ...key: string[]): Expiring => ({
  table,
  key,
  isOver: (now) => sql`expires_at <= ${now}`,
  end: 'expires_at',
});

const EXPIRING: readonly Expiring[] = [
  expired('interactions', 'id'),
  {
    table: 'grants',
    key: ['id'],
    // A code that nobody has redeemed opens nothing any more.
    isOver: (now) => sql`code_consumed_at is null and code_expires_at <= ${now}`,
    end: 'code_expires_at',
  },
  expired('grants', 'id'),
  expired('attempts', 'key'),
  expired('devices', 'device_hash', 'account_hash'),
  expired('initial_access_tokens', 'id'),
  expired('client_assertions', 'id'),
  expired('revoked_tokens', 'id'),
  expired('narrowed_scopes', 'grant_id', 'scope_hash'),
  {
    table: 'permission_changes',
    key: ['sub'],
    // No token from before it is alive, and no request waits for its second to be over.
    isOver: (now) => sql`noted_at <= cast(${now} as bigint) - ${sql.lit(REMEMBERED_SECONDS)}`,
    end: 'noted_at',
  },
  {
    table: 'outbox',
    key: ['id'],
    // A browser may look at it so long.
    isOver: (now) => sql`finished_at <= cast(${now} as bigint) - ${sql.lit(SHOWN_SECONDS)}`,
    end: 'finished_at',
  },
];

interface Batch {
  readonly now: number;
  readonly most: number;
}

/**
 * Deletes what has expired, at most {@link SWEPT_AT_ONCE} rows in one call. Returns how many; as many as that means that
 * there may be more.
 */
export function createSweep(db: Database): (now: number) => Promise<number> {
  const removals = [
    ({ now, most }: Batch) => sweepSessions(db, now, most),
    ...EXPIRING.map((expiring) => createRemoval(db, expiring)),
  ];
  return async (now) => {
    let swept = 0;
    for (const remove of removals)
      if (swept < SWEPT_AT_ONCE) swept += await remove({ now, most: SWEPT_AT_ONCE - swept });
    if (swept < SWEPT_AT_ONCE) await sweepKeys(db, now);
    return swept;
  };
}

function createRemoval(db: Database, expiring: Expiring): (batch: Batch) => Promise<number> {
  const remove = prepare<Batch, { swept: number }>(db, (bind) => ({
    compile: () => removalOf(db, expiring, bind).compile(db),
  }));
  return async (batch) => (await remove(batch)).rows.length;
}

/** Another node may be sweeping the same rows. */
function removalOf(
  db: Database,
  { table, key, isOver, end }: Expiring,
  bind: Bind<Batch>,
): RawBuilder<{ swept: number }> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const oldest = sql`select ${columns} from ${sql.table(table)} where ${isOver(sql`${bind('now')}`)}
    order by ${sql.ref(end)} limit ${bind('most')} ${skipLocked(db)}`;
  return sql`delete from ${sql.table(table)} where (${columns}) in (${oldest}) returning 1 as swept`;
}
