import * as oauth from 'oauth4webapi';
import {
  authError,
  type Clock,
  isAuthError,
  isWithin,
  MINUTE,
  type Observe,
  singleFlight,
} from '../foundation/index.ts';
import { createRemoteKeys, type RemoteKeys, type SigningAlgorithm } from '../tokens/index.ts';
import { CALL_SECONDS, libraryFetch } from './dial.ts';
import type { ProcessMemory } from './memory.ts';
import { withoutSecrets } from './oauth-failure.ts';
import { accepting, mismatch, type ProviderMetadata, requireMetadata } from './provider-metadata.ts';
import { withinASecond } from './within-a-second.ts';

export interface DiscoveredProvider {
  readonly metadata: ProviderMetadata;
  readonly keys: RemoteKeys;
  /** Integer seconds. */
  readonly fetchedAt: number;
}

export interface Provider {
  /** The provider as discovered at most ten minutes ago; an older answer while it is away. @throws AuthError */
  discover(): Promise<DiscoveredProvider>;
  /** The provider as it answered a second ago at most: before a browser is sent there. @throws AuthError */
  reach(): Promise<DiscoveredProvider>;
  /** The same without waiting for long: worth sending a browser there that did not ask to go. */
  isAnswering(): Promise<boolean>;
}

export interface ProviderOptions {
  readonly issuer: string;
  /** Where server calls go, on a network that is trusted. */
  readonly internalIssuerUrl: string | undefined;
  readonly algorithms: readonly SigningAlgorithm[];
  readonly dial: typeof fetch;
  readonly clock: Clock;
  readonly memory: ProcessMemory;
  readonly observe: Observe;
}

const MAX_AGE_SECONDS = 10 * MINUTE;
/** How long one answer speaks for the provider: a crowd that signs in at once asks it once (F-02). */
const ANSWERED_SECONDS = 1;
/** The same for a failure. Short, so that its return is noticed (F-03). */
const FAILED_SECONDS = 3;

export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clock, memory } = options;
  const look = () =>
    singleFlight(memory.discoveries, issuer, {
      clock,
      run: () => fetchProvider(options),
      keepSeconds: () => ANSWERED_SECONDS,
      timeoutSeconds: CALL_SECONDS,
      keepFailureSeconds: () => FAILED_SECONDS,
    });
  return {
    async discover() {
      const last = memory.providers.get(issuer);
      if (last && isWithin(clock(), last.fetchedAt, MAX_AGE_SECONDS)) return last;
      return look().catch((error: unknown) => {
        if (last) return last;
        throw error;
      });
    },
    reach: look,
    // Somebody who only wants to see a public page does not wait longer for the provider (F-02).
    isAnswering: async () =>
      (await withinASecond(
        look().then(
          () => true,
          () => false,
        ),
      )) ?? false,
  };
}

async function fetchProvider(options: ProviderOptions): Promise<DiscoveredProvider> {
  const { issuer, dial, clock, memory, observe } = options;
  const metadata = accepting(options.algorithms, await fetchMetadata(options));
  const last = memory.providers.get(issuer);
  const sameKeys = last?.metadata.jwks_uri === metadata.jwks_uri ? last.keys : undefined;
  const keys = sameKeys ?? createRemoteKeys({ jwksUri: metadata.jwks_uri, fetch: dial, clock, observe });
  const found = { metadata, keys, fetchedAt: clock() };
  memory.providers.set(issuer, found);
  observe({ type: 'discovery.fetched', issuer });
  return found;
}

async function fetchMetadata(options: ProviderOptions): Promise<ProviderMetadata> {
  const { issuer, dial } = options;
  const url = new URL(issuer);
  try {
    const response = await oauth.discoveryRequest(url, {
      [oauth.customFetch]: libraryFetch(dial),
      [oauth.allowInsecureRequests]: url.protocol === 'http:',
    });
    return requireMetadata(options, await oauth.processDiscoveryResponse(url, response));
  } catch (error) {
    const cause = withoutSecrets(error);
    if (isAuthError(error)) throw error;
    if (cause.code === oauth.JSON_ATTRIBUTE_COMPARISON) throw mismatch(issuer, cause);
    throw authError(
      'discovery_failed',
      `the provider's discovery document at ${issuer} can't be read (${cause.message}): is it running, and is the issuer right?`,
      { cause, transient: true },
    );
  }
}
