import { sha256 } from '../foundation/secrets.ts';
import { type InteractionRequest, type StageBound, STAGES, storedBytesOf } from '../store/index.ts';
import { networkOf } from '../throttle/index.ts';

/** How many requests may wait for somebody at once. Over it nobody is refused: the oldest make room. */
interface WaitingLimits {
  /** Pages that nobody has opened. */
  readonly unopened: number;
  /** Opened pages that nobody has answered. Those of browsers in which somebody signed in before leave last. */
  readonly opened: number;
  /** Requests of which a page was answered; those that ended stay for the life of a code. */
  readonly answered: number;
}

/**
 * Who shares a bound: a network; its requests that are large, so that a few of them can't take the place of thousands;
 * or a client that has proved itself, whose pushed requests all come from its servers.
 */
type BudgetKind = 'network' | 'large' | 'client';

/** In bytes, as it is stored. Nearly all requests are smaller than half of this. */
const LARGE_BYTES = 1536;
const LARGE_ONES_IN = 20;

/** The budgets of requests that wait (F-14). A key names its kind, and whom it is for as a hash. */
export interface WaitingBudgets {
  /** Of a request that a browser brings, or a client without credentials pushes. */
  keyOf(address: string | undefined, request: InteractionRequest): string;
  /** Of a request that a client pushes which has proved itself. */
  keyOfClient(clientId: string): string;
  /** What may wait once a request was added. */
  boundOfUnopened(key: string): StageBound;
  /** What may wait beside it, once a request was opened or answered. */
  boundsOfOpened(key: string): readonly StageBound[];
  /** One of these is full where a request of this address made room. */
  boundsOf(address: string | undefined): readonly StageBound[];
}

/** @param perNetwork how many small unopened requests of one network wait; all other bounds follow from it. */
export function createWaitingBudgets(perNetwork: number): WaitingBudgets {
  const limits: Readonly<Record<BudgetKind, WaitingLimits>> = {
    network: limitsOf(perNetwork),
    large: limitsOf(Math.ceil(perNetwork / LARGE_ONES_IN)),
    client: limitsOf(Math.ceil(perNetwork / 2)),
  };
  const unopened = (key: string): StageBound => bound(key, 'unopened', limits[kindOf(key)].unopened);
  const opened = (key: string): StageBound => ({
    budget: key,
    from: STAGES.opened,
    to: STAGES.openedByKnownBrowser,
    most: limits[kindOf(key)].opened,
  });
  const boundsOfOpened = (key: string) => [opened(key), bound(key, 'answered', limits[kindOf(key)].answered)];
  const networkKey = (kind: BudgetKind, address: string | undefined) => keyFor(kind, networkOf(address));
  return {
    keyOf: (address, request) =>
      networkKey(storedBytesOf(request) > LARGE_BYTES ? 'large' : 'network', address),
    keyOfClient: (clientId) => keyFor('client', clientId),
    boundOfUnopened: unopened,
    boundsOfOpened,
    boundsOf: (address) =>
      (['network', 'large'] as const)
        .map((kind) => networkKey(kind, address))
        .flatMap((key) => [unopened(key), ...boundsOfOpened(key)]),
  };
}

function limitsOf(count: number): WaitingLimits {
  return { unopened: count, opened: 2 * count, answered: count };
}

function bound(budget: string, stage: 'unopened' | 'answered', most: number): StageBound {
  return { budget, from: STAGES[stage], to: STAGES[stage], most };
}

function keyFor(kind: BudgetKind, holder: string): string {
  return `${kind} ${sha256(holder)}`;
}

function kindOf(key: string): BudgetKind {
  const [kind] = key.split(' ', 1);
  return kind === 'large' || kind === 'client' ? kind : 'network';
}
