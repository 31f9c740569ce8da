import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that attempts are counted by: an IPv4 address itself, or the /64 of an IPv6 one, since a subscriber gets
 * a whole /64 and may change addresses within it at will. Addresses that can't be parsed share one network.
 *
 * @example
 * ```ts
 * networkOf('2001:db8:1:2:3:4:5:6'); // '2001:db8:1:2::/64'
 * networkOf('::ffff:192.0.2.1'); // '192.0.2.1'
 * ```
 */
export function networkOf(address: string | undefined): string {
  const bare = address?.split('%', 1)[0] ?? '';
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const groups = groupsOf(bare);
  return embeddedIpv4(groups) ?? `${groups.slice(0, 4).map(toHex).join(':')}::/64`;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  // The URL parser brings every spelling, the dotted one included, into the one form of RFC 5952.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const [left, right] = [numbersIn(head), numbersIn(tail ?? '')];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

function numbersIn(groups: string): number[] {
  return groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16));
}

/** `::ffff:a.b.c.d` is how a socket that serves both families shows an IPv4 peer (RFC 4291 §2.5.5.2). */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : undefined;
}

function toHex(group: number): string {
  return group.toString(16);
}
