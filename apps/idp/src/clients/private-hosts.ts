import { isLoopbackHost } from './special-use-hosts.ts';

/** Whether an address of a client whose word is only its own may name this private host. */
export type MayBePrivate = (hostname: string) => boolean;

/**
 * a host of this machine or a private network is out of bounds unless it is listed, or both it and the issuer
 * are this machine, where provider and clients are developed and tested side by side.
 *
 * @param context.listedHosts `OUTBOUND_HOSTS`, as host names or addresses without port.
 */
export function createOutboundRule(context: {
  readonly issuer: string;
  readonly listedHosts: readonly string[];
}): MayBePrivate {
  const { issuer, listedHosts } = context;
  const isLocal = isLoopbackHost(new URL(issuer).hostname);
  return (hostname) => listedHosts.includes(hostname) || (isLocal && isLoopbackHost(hostname));
}
