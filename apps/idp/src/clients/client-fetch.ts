import { createOutgoingFetch } from '../http/outgoing.ts';
import type { Client } from './registration.ts';

/** Chooses how far a request to an address of this client may reach. */
export type ClientFetch = (client: Pick<Client, 'selfRegistered'>) => typeof fetch;

/**
 * whoever runs the provider wrote the addresses of most clients down and may mean a private host by them. A
 * client that registered itself gets no further than the public internet, and the hosts that are listed for it.
 *
 * @param listedHosts `OUTBOUND_HOSTS`, as host names or addresses without port.
 */
export function createClientFetch(listedHosts: readonly string[]): ClientFetch {
  const anywhere = createOutgoingFetch({ mayBePrivate: () => true });
  const guarded = createOutgoingFetch({ mayBePrivate: (hostname) => listedHosts.includes(hostname) });
  return ({ selfRegistered }) => (selfRegistered ? guarded : anywhere);
}
