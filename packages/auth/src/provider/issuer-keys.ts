import type { Clock, Observe } from '../foundation/index.ts';
import { createRemoteKeys } from '../tokens/index.ts';
import { createDiscoveredKeys, type VersionedKeys } from './discovered-keys.ts';
import { fetchDiscoveryDocument } from './discovery.ts';
import { type ProviderAddresses, requireJwksUri } from './metadata.ts';
import { createProviderFetch, secondsForCalls } from './provider-fetch.ts';

export interface IssuerKeysOptions extends ProviderAddresses {
  /** Where the keys are. Without it discovery is asked. */
  readonly jwksUri?: string | undefined;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock: Clock;
  readonly observe?: Observe | undefined;
}

/** An issuer's keys, from the address that is configured or that discovery gives: what an API verifies tokens by. */
export function createIssuerKeys(options: IssuerKeysOptions): VersionedKeys {
  const { issuer, jwksUri, clock, observe } = options;
  const fetch = createProviderFetch(options);
  const createKeys = (address: string) => createRemoteKeys({ jwksUri: address, fetch, clock, observe });
  if (jwksUri !== undefined) return createKeys(jwksUri);
  return createDiscoveredKeys({
    clock,
    discoverJwksUri: async () =>
      requireJwksUri(options, await fetchDiscoveryDocument(issuer, { fetch, strict: false })),
    createKeys,
    timeoutSeconds: secondsForCalls(2),
  });
}
