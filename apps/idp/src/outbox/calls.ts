import type { ClientDirectory } from '../clients/client-directory.ts';
import type { ObserveProvider } from '../events/provider-event.ts';
import type { LiveRoles } from '../access/live-roles.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { DueLane, Lease, Notice, OutboxStore, PermissionChangeStore } from '../store/index.ts';
import { datingOf } from './date-notices.ts';
import { findRecipient } from './recipient.ts';
import type { Reporter } from './reporter.ts';
import { CALL_SECONDS, nextTryAt } from './retry-times.ts';
import type { Slot, Slots } from './slots.ts';
import { tellClient, type TellContext, type TellResult } from './tell-client.ts';

export interface CallContext extends TellContext {
  readonly store: OutboxStore & PermissionChangeStore;
  readonly roles: LiveRoles;
  readonly clients: Pick<ClientDirectory, 'find'>;
  readonly observe: ObserveProvider;
  readonly reporter: Reporter;
  readonly slots: Slots;
}

/** The calls under way, and what came of those that have ended. */
export interface Calls {
  begin(call: Call, onEnded: () => void): void;
  /** Records what was delivered since the last time, and takes notices that are due. */
  turn(leases: readonly Lease[]): Promise<Notice[]>;
  /** Resolves when the calls under way have ended and are recorded. */
  settle(): Promise<void>;
}

export interface Call {
  readonly lane: DueLane;
  /** One after the other. */
  readonly notices: readonly Notice[];
  readonly slot: Slot;
  /** Whether the address was silent before. */
  readonly wasSilent: boolean;
}

export function createCalls(context: CallContext): Calls {
  const { store, clock, observe } = context;
  const underWay = new Set<Promise<void>>();
  let delivered: string[] = [];
  const turn = async (leases: readonly Lease[]) => {
    if (delivered.length + leases.length === 0) return [];
    const ids = delivered;
    delivered = [];
    try {
      return await store.turnNotices(ids, leases, clock(), datingOf(context));
    } catch (error) {
      // Recorded the next time; or told again after the end of this process, which does no harm.
      delivered.push(...ids);
      throw error;
    }
  };
  const run = async ({ slot, ...call }: Call) => {
    let succeeded = false;
    try {
      succeeded = await tellAll(context, call, (notice) => delivered.push(notice.id));
    } catch (error) {
      // Their leases run out, and then they are tried again.
      observe({ type: 'error.internal', name: 'outbox', message: messageOf(error) });
    } finally {
      slot.end(succeeded);
    }
  };
  return {
    turn,
    begin(call, onEnded) {
      const running = run(call).finally(() => {
        underWay.delete(running);
        onEnded();
      });
      underWay.add(running);
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
      await turn([]);
    },
  };
}

/** Tells notices until one fails, and gives back those behind it. */
async function tellAll(
  context: CallContext,
  call: Omit<Call, 'slot'>,
  onDelivered: (notice: Notice) => void,
): Promise<boolean> {
  const { store, clock } = context;
  let succeeded = true;
  for (const notice of call.notices) {
    if (succeeded && clock() <= notice.leasedUntil - CALL_SECONDS) {
      succeeded = await isDelivered(context, call, notice);
      if (succeeded) onDelivered(notice);
    } else await store.postponeNotice(notice, clock());
  }
  return succeeded;
}

/** Tells one notice, and puts it off where that fails. */
async function isDelivered(
  context: CallContext,
  { lane, wasSilent }: Omit<Call, 'slot'>,
  notice: Notice,
): Promise<boolean> {
  const { store, clock, reporter } = context;
  const startedAt = clock();
  const client = findRecipient(context.clients, notice);
  const result: TellResult = client
    ? await tellClient(context, client, notice)
    : { type: 'failed', message: 'the client is registered no more' };
  reporter.tried(lane, notice, result);
  if (result.type !== 'delivered')
    await putOff(context, { lane, notice, startedAt, isKnown: client !== undefined });
  else if (wasSilent) await store.wakeLane(lane.name, clock());
  return result.type === 'delivered';
}

interface FailedTry {
  readonly lane: DueLane;
  readonly notice: Notice;
  readonly startedAt: number;
  readonly isKnown: boolean;
}

/** A client that is known no more has two minutes, in which another node may know it. */
async function putOff(
  { store, clock, reporter }: CallContext,
  { lane, notice, startedAt, isKnown }: FailedTry,
): Promise<void> {
  const nextAt = nextTryAt({ createdAt: notice.createdAt, startedAt, tries: notice.tries });
  if (nextAt !== undefined || isKnown) return store.postponeNotice(notice, nextAt);
  await store.finishNotices([notice.id], 'given-up', clock());
  reporter.gaveUp([lane]);
}
