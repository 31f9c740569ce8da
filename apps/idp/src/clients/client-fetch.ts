import { createOutboundFetch } from '../http/outbound-fetch.ts';
import type { MayBePrivate } from './private-hosts.ts';
import type { Client } from './client.ts';

/** Chooses how far a request to an address of this client may reach. */
export type ClientFetch = (client: Pick<Client, 'selfRegistered'>) => typeof fetch;

/**
 * whoever runs the provider wrote the addresses of most clients down and may mean a private host by them. A
 * client that registered itself gets no further than the public internet, and the hosts that the rule lets through.
 */
export function createClientFetch(mayBePrivate: MayBePrivate): ClientFetch {
  const anywhere = createOutboundFetch({ mayBePrivate: () => true });
  const guarded = createOutboundFetch({ mayBePrivate });
  return ({ selfRegistered }) => (selfRegistered ? guarded : anywhere);
}
