import {
  isWithin,
  MINUTE,
  SECOND,
  singleFlight,
  type Clock,
  type SingleFlights,
} from '../foundation/index.ts';
import type { RemoteKeys, VerificationKeys } from '../tokens/index.ts';

/** Keys that count their versions: a token is verified again once the keys have changed. */
export type VersionedKeys = VerificationKeys & { version(): number };

export interface DiscoveredKeysOptions {
  readonly clock: Clock;
  /** @throws AuthError */
  readonly discoverJwksUri: () => Promise<string>;
  readonly createKeys: (jwksUri: string) => RemoteKeys;
  /** How long discovery and the first fetch of the keys take at most, integer seconds. */
  readonly timeoutSeconds: number;
}

/** Where the keys are, as of a time. */
interface KeysAtAddress {
  readonly jwksUri: string;
  readonly keys: RemoteKeys;
  readonly discoveredAt: number;
  /** Versions that were counted at earlier addresses. */
  readonly earlierVersions: number;
}

const MAX_AGE_SECONDS = 10 * MINUTE;
/** Before any keys are known, requests share one failure for this long. Otherwise each would wait for its own. */
const FAILURE_SECONDS = 2 * SECOND;
/** With keys at hand nobody waits, so the next try may come later. */
const RETRY_SECONDS = 30 * SECOND;

/**
 * Keys at an address that is discovered at the first token, and again beside a request after ten minutes. The known
 * keys serve while the provider is down, and until the keys of a new address were fetched.
 */
export function createDiscoveredKeys(options: DiscoveredKeysOptions): VersionedKeys {
  const { clock, timeoutSeconds } = options;
  let current: KeysAtAddress | undefined;
  const runs: SingleFlights<KeysAtAddress> = new Map();
  const run = async () => {
    const before = current;
    const next = await discoverKeys(options, before);
    // A run that was given up must not undo what a later run found.
    if (current === before) current = next;
    return current ?? next;
  };
  const discoverShared = () =>
    singleFlight(runs, 'keys', {
      clock,
      run,
      timeoutSeconds,
      keepSeconds: () => 0,
      keepFailureSeconds: () => (current ? RETRY_SECONDS : FAILURE_SECONDS),
    });
  const keys: VerificationKeys = async (query) => {
    const known = current ?? (await discoverShared());
    if (!isWithin(clock(), known.discoveredAt, MAX_AGE_SECONDS)) void discoverShared().catch(() => known);
    return known.keys(query);
  };
  return Object.assign(keys, {
    version: () => (current ? current.earlierVersions + current.keys.version() : 0),
  });
}

async function discoverKeys(
  { discoverJwksUri, createKeys, clock }: DiscoveredKeysOptions,
  known?: KeysAtAddress,
): Promise<KeysAtAddress> {
  const jwksUri = await discoverJwksUri();
  if (!known) return { jwksUri, keys: createKeys(jwksUri), discoveredAt: clock(), earlierVersions: 0 };
  if (known.jwksUri === jwksUri) return { ...known, discoveredAt: clock() };
  const keys = createKeys(jwksUri);
  await keys.refresh();
  // Version 0 means that no usable keys are at the new address yet, so discovery is asked again later.
  if (keys.version() === 0) throw new Error('the new key set could not be fetched');
  const earlierVersions = known.earlierVersions + known.keys.version();
  return { jwksUri, keys, discoveredAt: clock(), earlierVersions };
}
