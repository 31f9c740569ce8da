import { type Clock, createLruCache, type LruCache, type SingleFlights } from '../foundation/index.ts';
import type { ProviderMemory } from '../provider/index.ts';
import {
  type Arrivals,
  createArrivals,
  createMemoryRevocations,
  createMemorySingleUse,
  type OpenedSeals,
  type RevocationStore,
  type Session,
  type SingleUseStore,
} from '../session/index.ts';
import type { DpopMemory } from './dpop/process-proofs.ts';
import { createEventStreams, type EventStreams } from './events/event-streams.ts';
import { createUnrevokedTokens, type UnrevokedTokens } from './logout/ended-session.ts';
import type { RefreshOutcome } from './refresh/refresh-outcome.ts';

/** An access token for another audience, and the life that it had when it came. */
export interface ExchangedToken {
  readonly token: string;
  /** Integer seconds. */
  readonly lifeSeconds: number;
}

/** A session that one layer of a server read, for another layer that answers the same request. */
export interface Handover {
  /** The cookie that it was read from, as the other layer sees it. */
  readonly cookie: string;
  readonly session: Session;
}

/**
 * What everything that acts for one client shares within one process. It saves work and decides nothing. Plain data and
 * functions, so that module instances of different bundles can use the same one.
 */
export interface ProcessMemory extends ProviderMemory {
  readonly refreshes: SingleFlights<RefreshOutcome>;
  readonly exchanges: SingleFlights<ExchangedToken>;
  /** The defaults of the stores: other processes don't see them, and a restart empties them. */
  readonly revocations: RevocationStore;
  readonly spent: SingleUseStore;
  /** The order in which logins and logouts arrived. */
  readonly arrivals: Arrivals;
  /** The event streams that tabs hold open. */
  readonly streams: EventStreams;
  /** Whether the provider answers, asked for those who only want to see a page. */
  readonly probes: SingleFlights<boolean>;
  readonly unrevoked: UnrevokedTokens;
  /** The key that bound tokens are proved by, and servers' nonces. */
  readonly dpop: DpopMemory;
  /** Warnings that were given. */
  readonly warned: Set<string>;
  /** Refreshes of another process that nobody here waits for again, by key: one wait brought no result. */
  readonly waited: LruCache<true>;
  /** Session cookies that were opened a moment ago. Their times and revocations are checked at every request. */
  readonly opened: OpenedSeals;
  /** Sessions on their way from one layer to the next within a request, by an unguessable key. */
  readonly handovers: LruCache<Handover>;
}

export function createProcessMemory(clock: Clock): ProcessMemory {
  return {
    discoveries: new Map(),
    providers: new Map(),
    refreshes: new Map(),
    exchanges: new Map(),
    revocations: createMemoryRevocations(clock),
    spent: createMemorySingleUse(clock),
    arrivals: createArrivals(clock),
    streams: createEventStreams(),
    probes: new Map(),
    unrevoked: createUnrevokedTokens(),
    dpop: { nonces: new Map() },
    warned: new Set(),
    waited: createLruCache(clock),
    opened: createLruCache(clock),
    handovers: createLruCache(clock),
  };
}
