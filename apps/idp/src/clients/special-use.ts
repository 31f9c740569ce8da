import { BlockList, isIP } from 'node:net';

/** Addresses that are no public host (RFC 6890 and its registries): loopback, private, link-local, metadata, …. */
const BLOCKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
] as const;

/** Names that only this machine or its own network can resolve (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa|test|onion)$/;
const LOOPBACK_NAME = /^(127\.0\.0\.1|::1|localhost|([a-z0-9-]+\.)+localhost)$/;

// One list per family: a single one takes an IPv4 address for its mapped IPv6 form too.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const block of BLOCKS) {
  const [address = '', bits] = block.split('/');
  const family = familyOf(address);
  blocked[family].addSubnet(address, Number(bits), family);
}

/** Whether a URL's host is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_NAME.test(bare(hostname));
}

/**
 * Whether a URL's host is no public one: an address of a special-use block, a name of a local network, or a name
 * of one label. A URL that we fetch and that leads there would let whoever registers it use the provider to reach
 * what only the provider can reach (X-19, RFC 9700 §4.17). A public name may still resolve to such an address, so
 * whoever fetches asks {@link isSpecialUseAddress} about what it resolved to as well.
 */
export function isSpecialUseHost(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return isSpecialUseAddress(host);
  return LOCAL_NAME.test(host) || !host.includes('.');
}

export function isSpecialUseAddress(address: string): boolean {
  const family = familyOf(address);
  return blocked[family].check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** As `URL.hostname` gives it, without brackets and final dot. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
