import { isLoopbackHost } from './special-use-hosts.ts';

/** Whether a dynamically registered client may name this private host in its addresses. */
export type IsAllowedPrivateHost = (hostname: string) => boolean;

/**
 * a host of this machine or a private network is out of bounds unless it is listed, or both it and the issuer
 * are this machine, where provider and clients are developed and tested side by side.
 *
 * @param context.listedHosts `OUTBOUND_HOSTS`, as host names or addresses without port.
 */
export function createPrivateHostRule(context: {
  readonly issuer: string;
  readonly listedHosts: readonly string[];
}): IsAllowedPrivateHost {
  const { issuer, listedHosts } = context;
  const isLocal = isLoopbackHost(new URL(issuer).hostname);
  return (hostname) => listedHosts.includes(hostname) || (isLocal && isLoopbackHost(hostname));
}
