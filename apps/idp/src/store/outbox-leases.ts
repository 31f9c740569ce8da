import type { StoredMetadata } from './client-rows.ts';
import { type Notice, type NoticeOutcome, recipientColumn, toNotice } from './outbox-rows.ts';
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

/** Records what was delivered, and takes what is due of each lane. */
export async function turnNotices(
  db: Database,
  {
    delivered,
    leases,
    now,
  }: { readonly delivered: readonly string[]; readonly leases: readonly Lease[]; readonly now: number },
): Promise<Notice[]> {
  await finishNotices(db, delivered, { outcome: 'delivered', finished_at: now });
  const notices: Notice[] = [];
  for (const lease of leases) notices.push(...(await leaseDue(db, lease)));
  return notices;
}

function leaseDue(db: Database, lease: Lease): Promise<Notice[]> {
  const due = waitingIn(db, lease).where('next_at', '<=', lease.now).orderBy('next_at');
  return take(db, lease, due.limit(lease.limit));
}

/** Takes the one that was tried longest ago of a silent address. */
export async function leaseProbe(
  db: Database,
  lease: Omit<Lease, 'limit'>,
  probedBefore: number,
): Promise<Notice[]> {
  if (!(await claimProbe(db, lease, probedBefore))) return [];
  const untried = waitingIn(db, lease).where('next_at', 'is', null).where('tried_at', '<=', probedBefore);
  return take(db, lease, untried.orderBy('tried_at').limit(1));
}

/** One conditional statement: of several nodes one probes. */
async function claimProbe(
  db: Database,
  { lane, now }: Pick<Lease, 'lane' | 'now'>,
  probedBefore: number,
): Promise<boolean> {
  const probe = db.insertInto('outbox_probes').values({ lane, probed_at: now });
  const claim = probe.onConflict((conflict) =>
    conflict
      .column('lane')
      .doUpdateSet({ probed_at: now })
      .where('outbox_probes.probed_at', '<=', probedBefore),
  );
  return (await claim.returning('lane').executeTakeFirst()) !== undefined;
}

/** What no node works on now, by the index `outbox_due`. */
function waitingIn(db: Database, { lane, now }: Pick<Lease, 'lane' | 'now'>) {
  return db
    .selectFrom('outbox')
    .select('id')
    .where('lane', '=', lane)
    .where('finished_at', 'is', null)
    .where('leased_until', '<=', now);
}

async function take(
  db: Database,
  { now, until, recipient }: Omit<Lease, 'lane' | 'limit'>,
  waiting: ReturnType<typeof waitingIn>,
): Promise<Notice[]> {
  const update = db.updateTable('outbox').set((row) => ({
    leased_until: until,
    tried_at: now,
    tries: row('tries', '+', 1),
    ...(recipient && { recipient: recipientColumn.write(recipient) }),
  }));
  // Asked again: where rows aren't locked while they are looked for, another node may have taken them meanwhile.
  const own = update.where('id', 'in', skippingLocked(db, waiting)).where('leased_until', '<=', now);
  return (await own.returningAll().execute()).map(toNotice);
}

/** What no browser may see is of no use any more. */
export async function finishNotices(
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
export async function postponeNotice(
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
export async function wakeLane(db: Database, lane: string, now: number): Promise<void> {
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
