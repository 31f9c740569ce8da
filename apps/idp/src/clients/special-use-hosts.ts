import { isIP } from 'node:net';
import { addressKindOf } from '../http/special-addresses.ts';

/** Names that only this machine or its own network can resolve (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa|test|onion)$/;
const LOOPBACK_NAME = /^(127\.0\.0\.1|::1|localhost|([a-z0-9-]+\.)+localhost)$/;

/** Whether a URL's host is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_NAME.test(bare(hostname));
}

/**
 * Whether a URL's host is not public: an address of a special-use block, a name of a local network, or a name
 * of one label. A URL that we fetch and that leads there would let whoever registers it use the provider to reach
 * what only the provider can reach (X-19, RFC 9700 §4.17). A public name may still resolve to such an address, so
 * `http/outbound-fetch.ts` looks at what it resolved to as well.
 */
export function isSpecialUseHost(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return addressKindOf(host) !== 'public';
  return LOCAL_NAME.test(host) || !host.includes('.');
}

/** As `URL.hostname` gives it, without brackets and final dot. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
