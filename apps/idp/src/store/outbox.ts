import { sql } from 'kysely';
import { jsonColumn } from './columns.ts';
import type { StoredMetadata } from './client-rows.ts';
import {
  findLane,
  type Lane,
  type NewNotice,
  type Notice,
  type NoticeOutcome,
  type ShownNotice,
  toNotice,
  toOutboxRow,
  toShownNotice,
} from './outbox-rows.ts';
import { type Database, skippingLocked } from './prepared.ts';

/** Which notices of a lane one node takes, and until when nobody else does. */
export interface Lease {
  readonly lane: string;
  readonly now: number;
  readonly until: number;
  readonly limit: number;
  /** The client's metadata as they are now, kept with the notice; undefined where it is registered no more. */
  readonly recipient: StoredMetadata | undefined;
}

/** A lane in which something is to be done now. */
export interface DueLane extends Lane {
  /** Whether notices are due, rather than only the question whether the address answers again. */
  readonly isDue: boolean;
}

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
  turnNotices(delivered: readonly string[], leases: readonly Lease[], now: number): Promise<Notice[]>;
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

const recipientColumn = jsonColumn<StoredMetadata>();

export function createOutboxStore(db: Database): OutboxStore {
  return {
    listDueLanes: (now, probeSeconds) => listDueLanes(db, now, now - probeSeconds),
    turnNotices: (delivered, leases, now) =>
      db.transaction().execute((transaction) => turn(transaction, { delivered, leases, now })),
    leaseProbe: (lease, probeSeconds) => leaseProbe(db, lease, lease.now - probeSeconds),
    finishNotices: (ids, outcome, now) => finish(db, ids, { outcome, finished_at: now }),
    postponeNotice: ({ id, leasedUntil }, nextAt) =>
      postpone(db, { id, leasedUntil, values: { next_at: nextAt ?? null, leased_until: 0 } }),
    wakeLane: (lane, now) => wake(db, lane, now),
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

interface LaneRow {
  readonly lane: string;
  readonly due: boolean | number;
  readonly silent: boolean | number;
}

/** Steps through the index `outbox_due` from lane to lane, so that ten thousand notices for one cost as much as one. */
async function listDueLanes(db: Database, now: number, probedBefore: number): Promise<DueLane[]> {
  const { rows } = await sql<LaneRow>`
    with recursive lanes (lane) as (
      select min(lane) from outbox where finished_at is null
      union all
      select (select min(outbox.lane) from outbox where finished_at is null and outbox.lane > lanes.lane)
      from lanes where lanes.lane is not null
    )
    select lane,
      exists (select 1 from outbox where outbox.lane = lanes.lane and finished_at is null
        and next_at <= ${now} and leased_until <= ${now}) as due,
      exists (select 1 from outbox where outbox.lane = lanes.lane and finished_at is null
        and next_at is null and tried_at <= ${probedBefore} and leased_until <= ${now})
      and not exists (select 1 from outbox_probes where outbox_probes.lane = lanes.lane
        and probed_at > ${probedBefore}) as silent
    from lanes where lane is not null`.execute(db);
  return rows
    .filter(({ due, silent }) => Boolean(due) || Boolean(silent))
    .flatMap(({ lane, due }) => {
      const found = findLane(lane);
      return found ? [{ ...found, isDue: Boolean(due) }] : [];
    });
}

async function turn(
  db: Database,
  {
    delivered,
    leases,
    now,
  }: { readonly delivered: readonly string[]; readonly leases: readonly Lease[]; readonly now: number },
): Promise<Notice[]> {
  await finish(db, delivered, { outcome: 'delivered', finished_at: now });
  const notices: Notice[] = [];
  for (const lease of leases) notices.push(...(await leaseDue(db, lease)));
  return notices;
}

async function leaseDue(db: Database, { lane, now, until, limit, recipient }: Lease): Promise<Notice[]> {
  const due = db
    .selectFrom('outbox')
    .select('id')
    .where('lane', '=', lane)
    .where('finished_at', 'is', null)
    .where('next_at', '<=', now)
    .where('leased_until', '<=', now)
    .orderBy('next_at')
    .limit(limit);
  const rows = await leased(db, { now, until, recipient })
    .where('id', 'in', skippingLocked(db, due))
    .where('leased_until', '<=', now)
    .returningAll()
    .execute();
  return rows.map(toNotice);
}

async function leaseProbe(
  db: Database,
  { lane, now, until, recipient }: Omit<Lease, 'limit'>,
  probedBefore: number,
): Promise<Notice[]> {
  const claim = db
    .insertInto('outbox_probes')
    .values({ lane, probed_at: now })
    .onConflict((conflict) =>
      conflict
        .column('lane')
        .doUpdateSet({ probed_at: now })
        .where('outbox_probes.probed_at', '<=', probedBefore),
    )
    .returning('lane');
  if (!(await claim.executeTakeFirst())) return [];
  const longestUntried = db
    .selectFrom('outbox')
    .select('id')
    .where('lane', '=', lane)
    .where('finished_at', 'is', null)
    .where('next_at', 'is', null)
    .where('tried_at', '<=', probedBefore)
    .where('leased_until', '<=', now)
    .orderBy('tried_at')
    .limit(1);
  const rows = await leased(db, { now, until, recipient })
    .where('id', 'in', skippingLocked(db, longestUntried))
    .returningAll()
    .execute();
  return rows.map(toNotice);
}

function leased(db: Database, { now, until, recipient }: Pick<Lease, 'now' | 'until' | 'recipient'>) {
  return db.updateTable('outbox').set((row) => ({
    leased_until: until,
    tried_at: now,
    tries: row('tries', '+', 1),
    ...(recipient && { recipient: recipientColumn.write(recipient) }),
  }));
}

/** What no browser may see is of no use any more. */
async function finish(
  db: Database,
  ids: readonly string[],
  values: { readonly outcome: NoticeOutcome; readonly finished_at: number },
): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('outbox').where('id', 'in', ids).where('shown_to', 'is', null).execute();
  const shown = db.updateTable('outbox').set(values).where('id', 'in', ids);
  await shown.where('finished_at', 'is', null).execute();
}

/** Another node that took it meanwhile, after the lease was over, keeps it. */
async function postpone(
  db: Database,
  {
    id,
    leasedUntil,
    values,
  }: {
    readonly id: string;
    readonly leasedUntil: number;
    readonly values: { readonly next_at: number | null; readonly leased_until: number };
  },
): Promise<void> {
  const update = db.updateTable('outbox').set(values).where('id', '=', id);
  await update.where('leased_until', '=', leasedUntil).where('finished_at', 'is', null).execute();
}

/** Those that were tried in this second have had their answer. */
async function wake(db: Database, lane: string, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ next_at: now })
    .where('lane', '=', lane)
    .where('finished_at', 'is', null)
    .where('next_at', 'is', null)
    .where('leased_until', '<=', now)
    .where('tried_at', '<', now)
    .execute();
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
