import { BlockList, isIP } from 'node:net';

/**
 * What an IP address is for: `public` on the internet; `private` on this machine or network; `forbidden` where no client
 * can have a service, such as link-local addresses, at which clouds serve credentials (CWE-918).
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

// RFC 6890 and its registries, IANA IPv4 and IPv6 Special-Purpose Address Registries.
const privateBlocks = blocks([
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
]);

const forbiddenBlocks = blocks([
  ['0.0.0.0', 8],
  // Link-local: clouds serve credentials at 169.254.169.254.
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // These lie inside 2000::/3 and hold no internet host: protocol assignments, documentation, 6to4.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

const globalUnicast = blocks([['2000::', 3]]);

/** @param address an IPv4 or IPv6 address; anything else is `forbidden`. */
export function addressKindOf(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return 'forbidden';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  // IPv4 written as IPv6 (`::ffff:127.0.0.1`) would evade these lists, and clients never need it.
  if (family === 'ipv6' && /^::ffff:/i.test(address)) return 'forbidden';
  if (forbiddenBlocks.check(address, family)) return 'forbidden';
  if (privateBlocks.check(address, family)) return 'private';
  // IPv6 addresses are assigned from one block so far; link-local, multicast and NAT64 lie outside it.
  return family === 'ipv4' || globalUnicast.check(address, family) ? 'public' : 'forbidden';
}

function blocks(list: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const block = new BlockList();
  for (const [address, prefix] of list)
    block.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return block;
}
