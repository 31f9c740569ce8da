import { sql } from 'kysely';
import { type Bind, type Database, prepare } from './prepared.ts';

/** How many failed attempts may be made in a window of time. */
export interface AttemptBudget {
  /** Names what is counted; a hash, so that no name, and no passphrase typed in its field, can be read. */
  readonly key: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** One sign-in attempt as each of its budgets records it. */
export interface AttemptEntry {
  /** {@link ATTEMPT_ID_LENGTH} random characters. */
  readonly id: string;
  /** When it began, in seconds. */
  readonly at: number;
}

/** How far a budget is used up. */
interface BudgetUse {
  /** How many attempts are reserved whose outcome is still open. */
  readonly open: number;
  /** When the next attempt is possible, in seconds, unless one is released earlier. */
  readonly freeAt: number;
}

export interface AttemptStore {
  /**
   * Reserves an attempt before the password is verified, in one statement: no more than `limit` are reserved, however
   * many run at once and on however many nodes. False when none is left.
   */
  reserveAttempt(budget: AttemptBudget, attempt: AttemptEntry): Promise<boolean>;
  /** The attempt failed: it counts until the window has passed. */
  recordFailedAttempt(key: string, attempt: AttemptEntry): Promise<void>;
  /** The attempt succeeded or was never verified: it is forgotten. */
  releaseAttempt(key: string, attempt: AttemptEntry): Promise<void>;
  findBudgetUse(budget: AttemptBudget, now: number): Promise<BudgetUse>;
}

/** base64url of six random bytes. */
const ATTEMPT_ID_LENGTH = 8;
const TIME_LENGTH = 10;
const ENTRY_LENGTH = TIME_LENGTH + 1 + ATTEMPT_ID_LENGTH;
/** An outcome still open after this time belongs to a process that has died; the attempt counts as failed. */
const OPEN_SECONDS = 60;

/*
 * A budget is one row: its latest attempts, newest first, as entries of equal width (`1700000000?k3Jx-0aQ`: time,
 * `?` open or `!` failed, id). An attempt is possible when the limit-th newest is older than the window. This is a true
 * sliding window; one upsert checks and changes it, in SQL that both engines understand.
 */
export function createAttemptStore(db: Database): AttemptStore {
  const reserve = prepare<ReservationRow, { key: string }>(db, (bind) => reserveQuery(db, bind));
  const find = prepare<{ key: string }, { tries: string }>(db, (bind) =>
    db.selectFrom('attempts').select('tries').where('key', '=', bind('key')),
  );
  return {
    reserveAttempt: async (budget, attempt) =>
      (await reserve(reservationRow(budget, attempt))).rows.length === 1,
    recordFailedAttempt: async (key, attempt) =>
      replaceEntry(db, key, entryOf(attempt, '?'), entryOf(attempt, '!')),
    async releaseAttempt(key, attempt) {
      const entry = entryOf(attempt, '?');
      // The row goes with its last entry, so that tries which cost nothing (a busy server) leave nothing.
      const only = db.deleteFrom('attempts').where('key', '=', key).where('tries', '=', entry);
      if ((await only.executeTakeFirst()).numDeletedRows === 0n) await replaceEntry(db, key, entry, '');
    },
    async findBudgetUse(budget, now) {
      const { rows } = await find({ key: budget.key });
      return budgetUse(entriesIn(rows[0]?.tries ?? ''), budget, now);
    },
  };
}

interface ReservationRow {
  readonly key: string;
  readonly entry: string;
  readonly expiresAt: number;
  /** How many characters of the older attempts are kept. */
  readonly kept: number;
  /** Where the attempt is written that must be older than the window. */
  readonly position: number;
  readonly windowStart: string;
}

function reservationRow({ key, limit, windowSeconds }: AttemptBudget, attempt: AttemptEntry): ReservationRow {
  const kept = ENTRY_LENGTH * (limit - 1);
  const windowStart = timeText(attempt.at - windowSeconds);
  return {
    key,
    entry: entryOf(attempt, '?'),
    expiresAt: attempt.at + windowSeconds,
    kept,
    position: kept + 1,
    windowStart,
  };
}

function reserveQuery(db: Database, bind: Bind<ReservationRow>) {
  const older = sql<string>`substr(attempts.tries, 1, ${bind('kept')})`;
  const decisive = sql<string>`substr(attempts.tries, ${bind('position')}, ${sql.lit(TIME_LENGTH)})`;
  return db
    .insertInto('attempts')
    .values({ key: bind('key'), tries: bind('entry'), expires_at: bind('expiresAt') })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({
          tries: sql`excluded.tries || ${older}`,
          expires_at: row.ref('excluded.expires_at'),
        }))
        .where(decisive, '<=', bind('windowStart')),
    )
    .returning('key');
}

async function replaceEntry(db: Database, key: string, from: string, to: string): Promise<void> {
  const tries = sql<string>`replace(tries, ${from}, ${to})`;
  await db.updateTable('attempts').set({ tries }).where('key', '=', key).execute();
}

function budgetUse(
  entries: readonly Entry[],
  { limit, windowSeconds }: AttemptBudget,
  now: number,
): BudgetUse {
  const counted = entries.slice(0, limit);
  const last = counted.at(limit - 1);
  const isOpen = ({ open, at }: Entry) => open && at > now - OPEN_SECONDS;
  return { open: counted.filter(isOpen).length, freeAt: last ? last.at + windowSeconds : now };
}

interface Entry {
  readonly at: number;
  readonly open: boolean;
}

function entriesIn(tries: string): Entry[] {
  const count = Math.floor(tries.length / ENTRY_LENGTH);
  return Array.from({ length: count }, (_, index) => {
    const entry = tries.slice(index * ENTRY_LENGTH, (index + 1) * ENTRY_LENGTH);
    return { at: Number(entry.slice(0, TIME_LENGTH)), open: entry.charAt(TIME_LENGTH) === '?' };
  });
}

function entryOf({ id, at }: AttemptEntry, outcome: '?' | '!'): string {
  if (id.length !== ATTEMPT_ID_LENGTH)
    throw new TypeError(`the id of an attempt has ${ATTEMPT_ID_LENGTH} characters`);
  return `${timeText(at)}${outcome}${id}`;
}

/** Equal width makes the order of texts the order of times. */
function timeText(seconds: number): string {
  return String(Math.max(0, seconds)).padStart(TIME_LENGTH, '0');
}
