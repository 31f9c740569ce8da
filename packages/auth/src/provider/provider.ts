import {
  type Clock,
  isWithin,
  MINUTE,
  type Observe,
  singleFlight,
  type SingleFlights,
} from '../foundation/index.ts';
import { createRemoteKeys, type RemoteKeys } from '../tokens/index.ts';
import { fetchDiscoveryDocument } from './discovery.ts';
import { type ProviderAddresses, type ProviderMetadata, requireMetadata } from './metadata.ts';
import { PROVIDER_CALL_SECONDS } from './provider-fetch.ts';
import { withTimeLimit } from './time-limit.ts';

export interface DiscoveredProvider {
  readonly metadata: ProviderMetadata;
  readonly keys: RemoteKeys;
  /** Integer seconds. */
  readonly fetchedAt: number;
}

/** The provider of a relying party. */
export interface Provider {
  /** The provider as discovered at most ten minutes ago; an older answer while it is down. @throws AuthError */
  discover(): Promise<DiscoveredProvider>;
  /** The provider as it answered a second ago at most: asked before a browser is sent there. @throws AuthError */
  requireReachable(): Promise<DiscoveredProvider>;
  /** Whether it answers within a second: asked before a browser is sent there that did not ask for it. */
  isReachable(): Promise<boolean>;
}

/** What one process remembers of providers, by issuer. Several relying parties may share it. */
export interface ProviderMemory {
  readonly discoveries: SingleFlights<DiscoveredProvider>;
  /** The last answer of discovery: serves while the provider is down. */
  readonly providers: Map<string, DiscoveredProvider>;
}

export interface ProviderOptions extends ProviderAddresses {
  /** Of `createProviderFetch`. */
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly memory: ProviderMemory;
  readonly observe: Observe;
}

const MAX_AGE_SECONDS = 10 * MINUTE;
/** How long one answer counts as reachable: a crowd that signs in at once asks the provider once (F-02). */
const REACHABLE_SECONDS = 1;
/** How long one failure counts: short, so that the provider's return is noticed within five seconds (F-03). */
const UNREACHABLE_SECONDS = 3;
/** Somebody who only wants to see a public page waits no longer for the provider (F-02). */
const PUBLIC_PAGE_SECONDS = 1;

export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clock, memory } = options;
  const fetchShared = () =>
    singleFlight(memory.discoveries, issuer, {
      clock,
      run: () => fetchProvider(options),
      keepSeconds: () => REACHABLE_SECONDS,
      timeoutSeconds: PROVIDER_CALL_SECONDS,
      keepFailureSeconds: () => UNREACHABLE_SECONDS,
    });
  return {
    async discover() {
      const last = memory.providers.get(issuer);
      if (last && isWithin(clock(), last.fetchedAt, MAX_AGE_SECONDS)) return last;
      return fetchShared().catch((error: unknown) => {
        if (last) return last;
        throw error;
      });
    },
    requireReachable: fetchShared,
    async isReachable() {
      const answered = fetchShared().then(
        () => true,
        () => false,
      );
      return (await withTimeLimit(answered, PUBLIC_PAGE_SECONDS)) ?? false;
    },
  };
}

async function fetchProvider(options: ProviderOptions): Promise<DiscoveredProvider> {
  const { issuer, fetch, clock, memory, observe } = options;
  const document = await fetchDiscoveryDocument(issuer, { fetch, strict: true });
  const metadata = requireMetadata(options, document);
  const last = memory.providers.get(issuer);
  const sameKeys = last?.metadata.jwks_uri === metadata.jwks_uri ? last.keys : undefined;
  const keys = sameKeys ?? createRemoteKeys({ jwksUri: metadata.jwks_uri, fetch, clock, observe });
  const found = { metadata, keys, fetchedAt: clock() };
  memory.providers.set(issuer, found);
  observe({ type: 'discovery.fetched', issuer });
  return found;
}
