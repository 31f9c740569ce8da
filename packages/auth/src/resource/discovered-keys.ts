import {
  isWithin,
  MINUTE,
  SECOND,
  singleFlight,
  type Clock,
  type SingleFlights,
} from '../foundation/index.ts';
import type { RemoteKeys, VerificationKeys } from '../tokens/index.ts';

/** Keys that count their changes. */
export type VersionedKeys = VerificationKeys & { version(): number };

export interface DiscoveredKeysOptions {
  readonly clock: Clock;
  /** Asks the provider where its keys are. @throws AuthError */
  readonly discover: () => Promise<string>;
  readonly open: (jwksUri: string) => RemoteKeys;
  /** How long discovery and the first keys take at most. */
  readonly timeoutSeconds: number;
}

/** Where the keys are, as of a time. */
interface Found {
  readonly jwksUri: string;
  readonly keys: RemoteKeys;
  readonly at: number;
  /** Versions that were counted at addresses before this one. */
  readonly earlier: number;
}

const MAX_AGE_SECONDS = 10 * MINUTE;
/** While the provider is down, requests share one failure for so long: each would wait for its own otherwise. */
const FAILURE_SECONDS = 2 * SECOND;
/** The same where nobody waits, for there are keys. */
const RETRY_SECONDS = 30 * SECOND;

/**
 * Keys at an address that is discovered at the first token, and again beside a request after ten minutes. The known
 * ones serve while the provider is down, and until those of a new address are there.
 */
export function createDiscoveredKeys(options: DiscoveredKeysOptions): VersionedKeys {
  const { clock, timeoutSeconds } = options;
  let found: Found | undefined;
  const runs: SingleFlights<Found> = new Map();
  const run = async () => {
    const before = found;
    const next = await findKeys(options, before);
    // A run that was given up does not undo what a later one found.
    if (found === before) found = next;
    return found ?? next;
  };
  const look = () =>
    singleFlight(runs, 'keys', {
      clock,
      run,
      timeoutSeconds,
      keepSeconds: () => 0,
      keepFailureSeconds: () => (found ? RETRY_SECONDS : FAILURE_SECONDS),
    });
  const keys: VerificationKeys = async (query) => {
    const known = found ?? (await look());
    if (!isWithin(clock(), known.at, MAX_AGE_SECONDS)) void look().catch(() => known);
    return known.keys(query);
  };
  return Object.assign(keys, { version: () => (found ? found.earlier + found.keys.version() : 0) });
}

async function findKeys({ discover, open, clock }: DiscoveredKeysOptions, known?: Found): Promise<Found> {
  const jwksUri = await discover();
  if (!known) return { jwksUri, keys: open(jwksUri), at: clock(), earlier: 0 };
  if (known.jwksUri === jwksUri) return { ...known, at: clock() };
  const keys = open(jwksUri);
  await keys.refresh();
  // Version 0: nothing usable is at the new address yet, so it is asked for again later.
  if (keys.version() === 0) throw new Error('the new key set could not be fetched');
  return { jwksUri, keys, at: clock(), earlier: known.earlier + known.keys.version() };
}
