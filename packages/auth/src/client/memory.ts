import { type Clock, createLruCache, type LruCache, type SingleFlights } from '../foundation/index.ts';
import {
  createMemoryRevocations,
  createMemorySpent,
  type OpenedSeals,
  type RevocationStore,
  type SpentStore,
} from '../session/index.ts';
import type { Exchanged } from './exchange.ts';
import type { DiscoveredProvider } from './provider.ts';
import type { RefreshOutcome } from './refresh.ts';

/**
 * What one process shares between everything that acts for one client: an optimisation, never the truth.
 * Plain data and functions, so that module instances of different bundles can use the same one.
 */
export interface ProcessMemory {
  readonly discoveries: SingleFlights<DiscoveredProvider>;
  /** The last answer of discovery by issuer: serves while the provider is away. */
  readonly providers: Map<string, DiscoveredProvider>;
  readonly refreshes: SingleFlights<RefreshOutcome>;
  readonly exchanges: SingleFlights<Exchanged>;
  /** The defaults of the ports: other processes and a restart don't see them. */
  readonly revocations: RevocationStore;
  readonly spent: SpentStore;
  /** Warnings that were given. */
  readonly warned: Set<string>;
  /** Refreshes that another process claimed and brought no result of, by key: nobody waits for them again. */
  readonly waited: LruCache<true>;
  /** Session cookies that were opened a moment ago. Their times and revocations are looked at all the same. */
  readonly opened: OpenedSeals;
}

export function createProcessMemory(clock: Clock): ProcessMemory {
  return {
    discoveries: new Map(),
    providers: new Map(),
    refreshes: new Map(),
    exchanges: new Map(),
    revocations: createMemoryRevocations(clock),
    spent: createMemorySpent(clock),
    warned: new Set(),
    waited: createLruCache(clock),
    opened: createLruCache(clock),
  };
}
