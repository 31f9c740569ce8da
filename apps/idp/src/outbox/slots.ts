/** How many calls may be under way at once. */
export interface SlotLimits {
  readonly total: number;
  /** At a host that answered last. */
  readonly perHost: number;
  /** At a host that has not been called yet. */
  readonly perNewHost: number;
  /** At a host whose last call failed. */
  readonly perFailingHost: number;
}

const LIMITS: SlotLimits = { total: 64, perHost: 16, perNewHost: 4, perFailingHost: 2 };

export interface Slots {
  /** Takes all places that are free for calls of this host. */
  take(host: string): Slot[];
  /** Whether the host's last call succeeded; undefined before its first call has ended. */
  hasAnswered(host: string): boolean | undefined;
}

/** The place of one call. */
export interface Slot {
  /** The call has ended. */
  end(succeeded: boolean): void;
  /** There is no call. */
  giveBack(): void;
}

interface HostState {
  underWay: number;
  /** Undefined before the first call has ended. */
  succeeded: boolean | undefined;
}

/**
 * Bounds the calls under way. All hosts that have not shown that they answer share one half, so that however many of them
 * hang, the others go on.
 */
export function createSlots(limits: SlotLimits = LIMITS): Slots {
  const hosts = new Map<string, HostState>();
  const countWhere = (counts: (state: HostState) => boolean) =>
    [...hosts.values()].filter(counts).reduce((sum, { underWay }) => sum + underWay, 0);
  const free = (state: HostState) => {
    const ofHost = limitOf(limits, state) - state.underWay;
    const ofAll = limits.total - countWhere(() => true);
    if (state.succeeded) return Math.max(0, Math.min(ofHost, ofAll));
    const ofDoubtful = Math.floor(limits.total / 2) - countWhere(({ succeeded }) => !succeeded);
    return Math.max(0, Math.min(ofHost, ofAll, ofDoubtful));
  };
  return {
    hasAnswered: (host) => hosts.get(host)?.succeeded,
    take(host) {
      const state = hosts.get(host) ?? { underWay: 0, succeeded: undefined };
      hosts.set(host, state);
      return Array.from({ length: free(state) }, () => takeOne(state));
    },
  };
}

function takeOne(state: HostState): Slot {
  state.underWay += 1;
  const giveBack = () => void (state.underWay -= 1);
  return {
    giveBack,
    end(succeeded) {
      giveBack();
      state.succeeded = succeeded;
    },
  };
}

function limitOf({ perHost, perNewHost, perFailingHost }: SlotLimits, { succeeded }: HostState): number {
  if (succeeded === undefined) return perNewHost;
  return succeeded ? perHost : perFailingHost;
}
