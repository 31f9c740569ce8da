import type { StoredMetadata } from './client-rows.ts';
import { type DueLane, listDueLanes } from './outbox-lanes.ts';
import {
  finishNotices,
  type Lease,
  leaseProbe,
  postponeNotice,
  turnNotices,
  wakeLane,
} from './outbox-leases.ts';
import {
  findLane,
  type Lane,
  type NewNotice,
  type Notice,
  type NoticeOutcome,
  recipientColumn,
  type ShownNotice,
  toOutboxRow,
  toShownNotice,
} from './outbox-rows.ts';
import { dateTaken, type NodeDating } from './dated-notices.ts';
import type { Database } from './prepared.ts';

export interface OutboxFigures {
  readonly waiting: number;
  /** When the oldest of them was written; undefined where none waits. */
  readonly oldestAt: number | undefined;
}

export interface OutboxStore {
  /** Lanes with notices that are due, and lanes of silent addresses that were last probed `probeSeconds` ago. */
  listDueLanes(now: number, probeSeconds: number): Promise<DueLane[]>;
  /**
   * Records what was delivered, and takes notices that are due, of each lane the longest waiting first: by conditional
   * statements, so that no two nodes take the same. One transaction for all that, since each costs a flush to the disk.
   */
  turnNotices(
    delivered: readonly string[],
    leases: readonly Lease[],
    now: number,
    dating?: NodeDating,
  ): Promise<Notice[]>;
  /** Takes one notice of a silent address, another each time; none when it was probed within `probeSeconds`. */
  leaseProbe(lease: Omit<Lease, 'limit'>, probeSeconds: number): Promise<Notice[]>;
  finishNotices(ids: readonly string[], outcome: NoticeOutcome, now: number): Promise<void>;
  /** Gives a leased notice back: to be tried again at `nextAt`, or, without one, when its address answers again. */
  postponeNotice(notice: Pick<Notice, 'id' | 'leasedUntil'>, nextAt: number | undefined): Promise<void>;
  /** Its address answers again: what waited for that is due at once. */
  wakeLane(lane: string, now: number): Promise<void>;
  /** Ends what nobody has to be told any more, and says in which lanes. */
  endOverdueNotices(now: number): Promise<Lane[]>;
  countNotices(): Promise<OutboxFigures>;
  /** What a browser may see, in the order of the clients' ids. */
  listShownNotices(shownTo: string, since: number): Promise<ShownNotice[]>;
}

/** How long the browser that signed out sees what became of it. */
export const SHOWN_SECONDS = 600;

export function createOutboxStore(db: Database): OutboxStore {
  return {
    listDueLanes: (now, probeSeconds) => listDueLanes(db, now, now - probeSeconds),
    turnNotices: (delivered, leases, now, dating) =>
      db.transaction().execute(async (transaction) => {
        const notices = await turnNotices(transaction, { delivered, leases, now });
        return dating ? dateTaken(transaction, notices, dating) : notices;
      }),
    leaseProbe: (lease, probeSeconds) => leaseProbe(db, lease, lease.now - probeSeconds),
    finishNotices: (ids, outcome, now) => finishNotices(db, ids, { outcome, finished_at: now }),
    postponeNotice: ({ id, leasedUntil }, nextAt) =>
      postponeNotice(db, { id, leasedUntil, values: { next_at: nextAt ?? null, leased_until: 0 } }),
    wakeLane: (lane, now) => wakeLane(db, lane, now),
    endOverdueNotices: (now) => endOverdue(db, now),
    countNotices: () => count(db),
    listShownNotices: (shownTo, since) => listShown(db, shownTo, since),
  };
}

/** How many rows one statement adds: engines limit the values of a statement. */
const CHUNK = 500;

/** Writes notices in the transaction of what they tell of, so that neither is there without the other (F-30). */
export async function addNotices(transaction: Database, notices: readonly NewNotice[]): Promise<void> {
  for (let start = 0; start < notices.length; start += CHUNK) {
    const rows = notices.slice(start, start + CHUNK).map(toOutboxRow);
    const insert = transaction.insertInto('outbox').values(rows);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
}

/** What a client that is removed has not been told by then, it is told no more. Until then its address is kept. */
export async function shortenNotices(
  transaction: Database,
  {
    clientId,
    registration,
    expiresAt,
  }: { readonly clientId: string; readonly registration: StoredMetadata; readonly expiresAt: number },
): Promise<void> {
  const waiting = transaction
    .updateTable('outbox')
    .where('client_id', '=', clientId)
    .where('finished_at', 'is', null);
  await waiting.set({ recipient: recipientColumn.write(registration) }).execute();
  await waiting.set({ expires_at: expiresAt }).where('expires_at', '>', expiresAt).execute();
}

async function endOverdue(db: Database, now: number): Promise<Lane[]> {
  const ended = await db
    .updateTable('outbox')
    .set({ finished_at: now, outcome: 'given-up' })
    .where('finished_at', 'is', null)
    .where('expires_at', '<=', now)
    .where('leased_until', '<=', now)
    .returning('lane')
    .execute();
  return ended.flatMap(({ lane }) => findLane(lane) ?? []);
}

async function count(db: Database): Promise<OutboxFigures> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [fn.countAll<number | bigint>().as('waiting'), fn.min('created_at').as('oldest')])
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), oldestAt: row.oldest ?? undefined };
}

async function listShown(db: Database, shownTo: string, since: number): Promise<ShownNotice[]> {
  const query = db
    .selectFrom('outbox')
    .select(['client_id', 'outcome', 'tries'])
    .where('shown_to', '=', shownTo)
    .where('created_at', '>', since);
  return (await query.orderBy('client_id').execute()).map(toShownNotice);
}
