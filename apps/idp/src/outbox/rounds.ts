import { type DueLane, laneNameOf, type Lease, type Notice } from '../store/index.ts';
import { type Call, type CallContext, type Calls, createCalls } from './calls.ts';
import { dateNotices } from './date-notices.ts';
import { noticeKinds } from './notice-kinds.ts';
import { metadataToKeep } from './recipient.ts';
import { LEASE_SECONDS, PROBE_SECONDS } from './retry-times.ts';
import type { Slot } from './slots.ts';

export interface Rounds {
  /** Records what has ended, and begins the calls that are due. `onEnded` is called after each. Says how many began. */
  run(onEnded?: () => void): Promise<number>;
  /** Resolves when the calls under way have ended and are recorded. */
  settle(): Promise<void>;
  /** Rounds until nothing more can be done now. */
  tellDue(): Promise<void>;
}

/** How often a node looks for notices whose time is over. */
const OVERDUE_SECONDS = 5;
/** How many notices one place at a host that answers takes at once, so that the database is asked less often. */
const IN_A_ROW = 4;
/** How many notices for a client without address are ended at once. */
const UNTELLABLE = 500;

export function createRounds(context: CallContext): Rounds {
  const { store, clock, reporter } = context;
  const calls = createCalls(context);
  let turn = 0;
  let overdueAt = -Infinity;
  const endOverdue = async (now: number) => {
    if (now < overdueAt + OVERDUE_SECONDS) return;
    overdueAt = now;
    reporter.gaveUp(await store.endOverdueNotices(now));
  };
  const run = async (onEnded: () => void = () => undefined) => {
    await endOverdue(clock());
    const lanes = await store.listDueLanes(clock(), PROBE_SECONDS);
    // Another lane comes first each time, so that none waits for those before it in the alphabet.
    turn = (turn + 1) % Math.max(1, lanes.length);
    const plans = [...lanes.slice(turn), ...lanes.slice(0, turn)].flatMap(
      (lane) => planOf(context, lane) ?? [],
    );
    const notices = await takeNotices(context, calls, plans);
    for (const call of callsOf(context, plans, notices)) calls.begin(call, onEnded);
    return notices.length + (await endUntellable(context, lanes));
  };
  return {
    run,
    settle: () => calls.settle(),
    async tellDue() {
      while ((await run()) > 0) await calls.settle();
    },
  };
}

/** What a round does about one lane. */
interface Plan {
  readonly lane: DueLane;
  readonly host: string;
  readonly slots: readonly Slot[];
  readonly lease: Lease;
}

/** As many notices of a lane as its host has places for; undefined where it has none, or there is no address. */
function planOf(context: CallContext, lane: DueLane): Plan | undefined {
  const client = context.clients.find(lane.clientId);
  if (isUntellable(context, lane)) return undefined;
  const address = client && noticeKinds[lane.kind].addressOf(client);
  // Of a client that is registered no more only its notices know the address.
  const host = address === undefined ? lane.name : new URL(address).host;
  const slots = context.slots.take(host);
  if (slots.length === 0) return undefined;
  const now = context.clock();
  const recipient = client && metadataToKeep(client);
  const limit = slots.length * (context.slots.hasAnswered(host) ? IN_A_ROW : 1);
  const lease = { lane: lane.name, now, until: now + LEASE_SECONDS, limit, recipient };
  return { lane, host, slots, lease };
}

async function takeNotices(context: CallContext, calls: Calls, plans: readonly Plan[]): Promise<Notice[]> {
  const { store } = context;
  try {
    const due = plans.filter(({ lane }) => lane.isDue).map(({ lease }) => lease);
    const notices = await calls.turn(due);
    for (const { lane, lease } of plans)
      if (!lane.isDue) notices.push(...(await store.leaseProbe(lease, PROBE_SECONDS)));
    return await dateNotices(context, notices);
  } catch (error) {
    for (const slot of plans.flatMap(({ slots }) => slots)) slot.giveBack();
    throw error;
  }
}

/** Shares the notices out among the places, and gives the places back that nothing needs. */
function callsOf({ slots }: CallContext, plans: readonly Plan[], notices: readonly Notice[]): Call[] {
  const byLane = Map.groupBy(notices, laneNameOf);
  return plans.flatMap(({ lane, host, slots: places }) => {
    const ofLane = byLane.get(lane.name) ?? [];
    const wasSilent = slots.hasAnswered(host) === false || !lane.isDue;
    return places.flatMap((slot, place) => {
      const ofPlace = ofLane.filter((_notice, index) => index % places.length === place);
      if (ofPlace.length > 0) return [{ lane, wasSilent, notices: ofPlace, slot }];
      slot.giveBack();
      return [];
    });
  });
}

/** Whether the client is registered, and not to be told. */
function isUntellable({ clients }: CallContext, { clientId, kind }: DueLane): boolean {
  const client = clients.find(clientId);
  return client !== undefined && noticeKinds[kind].addressOf(client) === undefined;
}

/** Ends what can't be told. */
async function endUntellable(context: CallContext, lanes: readonly DueLane[]): Promise<number> {
  const now = context.clock();
  const untellable = lanes.filter((lane) => isUntellable(context, lane));
  const lease = { now, until: now + LEASE_SECONDS, limit: UNTELLABLE, recipient: undefined };
  if (untellable.length === 0) return 0;
  const leases = untellable.map(({ name }) => ({ ...lease, lane: name }));
  const ids = (await context.store.turnNotices([], leases, now)).map(({ id }) => id);
  await context.store.finishNotices(ids, 'no-address', now);
  return ids.length;
}
