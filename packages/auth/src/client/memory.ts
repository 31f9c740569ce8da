import { type Clock, createRecent, sweep } from '../foundation/index.ts';
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

/** A result in the making, or settled and good from `since` until `until` (integer seconds). */
export interface Shared<T> {
  readonly promise: Promise<T>;
  since: number;
  until: number;
}

export type SharedResults<T> = Map<string, Shared<T>>;

/**
 * What one process shares between everything that acts for one client: an optimisation, never the truth.
 * Plain data and functions, so that module instances of different bundles can use the same one.
 */
export interface ProcessMemory {
  readonly discoveries: SharedResults<DiscoveredProvider>;
  /** The last answer of discovery by issuer: serves while the provider is away. */
  readonly providers: Map<string, DiscoveredProvider>;
  readonly refreshes: SharedResults<RefreshOutcome>;
  readonly exchanges: SharedResults<Exchanged>;
  /** The defaults of the ports: other processes and a restart don't see them. */
  readonly revocations: RevocationStore;
  readonly spent: SpentStore;
  /** Warnings that were given. */
  readonly warned: Set<string>;
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
    opened: createRecent(clock),
  };
}

/** A piece of work whose result may serve several askers. */
export interface SharedWork<T> {
  readonly clock: Clock;
  run(): Promise<T>;
  /** How long a result answers further askers, integer seconds. */
  keepSeconds(result: T): number;
  /** The same for a rejection. Default 0: only those who waited get it. */
  readonly keepFailureSeconds?: number;
}

/** Runs the work once per key: whoever asks while it runs, or until its result expires, gets that result. */
export function share<T>(results: SharedResults<T>, key: string, work: SharedWork<T>): Promise<T> {
  const { clock, keepFailureSeconds = 0 } = work;
  const now = clock();
  const known = results.get(key);
  // A clock that jumped back says nothing about a result's age (F-06). What still runs has none.
  if (known && now >= known.since && now < known.until) return known.promise;
  sweep(results, now, ({ until }) => until);
  const entry: Shared<T> = {
    promise: work.run(),
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
  };
  results.set(key, entry);
  const keep = (seconds: number) => {
    entry.since = clock();
    entry.until = entry.since + seconds;
  };
  entry.promise.then(
    (result) => keep(work.keepSeconds(result)),
    () => keep(keepFailureSeconds),
  );
  return entry.promise;
}
