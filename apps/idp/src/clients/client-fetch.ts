import { createOutboundFetch, type OutboundFetchOptions } from '../http/outbound-fetch.ts';
import type { IsAllowedPrivateHost } from './private-hosts.ts';
import type { Client } from './client.ts';

/** Chooses how far a request to an address of this client may reach. */
export type ClientFetch = (client: Pick<Client, 'dynamicallyRegistered'>) => typeof fetch;

/**
 * whoever runs the provider wrote the addresses of most clients down and may mean a private host by them. A
 * dynamically registered client reaches only the public internet and the private hosts that the rule allows.
 */
export function createClientFetch(
  mayBePrivate: IsAllowedPrivateHost,
  limits: Omit<OutboundFetchOptions, 'mayBePrivate'> = {},
): ClientFetch {
  const anywhere = createOutboundFetch({ ...limits, mayBePrivate: () => true });
  const guarded = createOutboundFetch({ ...limits, mayBePrivate });
  return ({ dynamicallyRegistered }) => (dynamicallyRegistered ? guarded : anywhere);
}
