import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

describe('what counts as one address', () => {
  it.each([
    ['an IPv4 address', '192.0.2.1', '192.0.2.1'],
    ['an IPv6 address by its /64', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['another of the same subscriber', '2001:DB8:1:2::ffff', '2001:db8:1:2::/64'],
    ['leading zeros and zeros left out', '2001:0db8:0000:0000:0001::', '2001:db8:0:0::/64'],
    ['the IPv6 loopback', '::1', '0:0:0:0::/64'],
    ['an IPv4 peer of a dual-stack socket', '::ffff:192.0.2.1', '192.0.2.1'],
    ['the same in hexadecimal', '::ffff:c000:201', '192.0.2.1'],
    ['a link-local address with its interface', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['nothing', undefined, 'unknown'],
    ['an empty text', '', 'unknown'],
    ['a name', 'localhost', 'unknown'],
    ['an address with a port', '192.0.2.1:80', 'unknown'],
    ['something that would break a URL', '::1]/@evil', 'unknown'],
  ])('%s', (_, address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
