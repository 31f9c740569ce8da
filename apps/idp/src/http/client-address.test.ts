import { describe, expect, it } from 'vitest';
import { clientAddress, parseTrustedProxies } from './client-address.ts';

const LOOPBACK = parseTrustedProxies('loopback');
const CLOUD = parseTrustedProxies('loopback, 10.0.0.0/8,2001:db8:aa::/48, 192.0.2.7');

describe('U-04 the address that limits are counted by', () => {
  it.each([
    ['the peer, who is no proxy, whatever it sends', '198.51.100.9', '203.0.113.1', '198.51.100.9'],
    ['a peer near a trusted one', '128.0.0.1', '203.0.113.1', '128.0.0.1'],
    ['what the proxy appended', '127.0.0.1', '203.0.113.1', '203.0.113.1'],
    [
      'what the proxy appended, not what the client sent',
      '127.0.0.1',
      '1.1.1.1, 2.2.2.2, 203.0.113.1',
      '203.0.113.1',
    ],
    ['an IPv6 client', '::1', '2001:db8::5', '2001:db8::5'],
    ['an IPv4 proxy on a dual-stack socket', '::ffff:127.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['a client with its port', '127.0.0.1', '203.0.113.1:4711', '203.0.113.1'],
    ['an IPv6 client in brackets', '127.0.0.1', '[2001:db8::5]:4711', '2001:db8::5'],
    ['an IPv6 client with an interface', '127.0.0.1', 'fe80::1%eth0', 'fe80::1'],
    ['a client on this machine', '127.0.0.1', '127.0.0.9', '127.0.0.9'],
    ['the proxy, when it says nothing', '127.0.0.1', null, '127.0.0.1'],
    ['the proxy, when it says nothing readable', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['the proxy, when the list is garbage', '127.0.0.1', `,,, ;"\u0000${'x,'.repeat(5000)}`, '127.0.0.1'],
    ['the proxy, when the last hop is hidden', '127.0.0.1', '203.0.113.1, _hidden', '127.0.0.1'],
    ['the proxy, when numbers are out of range', '127.0.0.1', '300.1.1.1', '127.0.0.1'],
    ['the proxy, when numbers are octal', '127.0.0.1', '0313.0.113.1', '127.0.0.1'],
    ['nothing without a peer', undefined, '203.0.113.1', undefined],
  ])('is %s', (_, peer, forwardedFor, expected) => {
    expect(clientAddress({ peer, forwardedFor }, LOOPBACK)).toBe(expected);
  });

  it.each([
    [
      'the first that no trusted proxy has',
      '10.1.2.3',
      '6.6.6.6, 203.0.113.1, 10.9.9.9, 192.0.2.7',
      '203.0.113.1',
    ],
    ['through IPv6 proxies too', '2001:db8:aa::1', '203.0.113.1, 2001:db8:aa:1::2', '203.0.113.1'],
    ['the outermost when all are trusted', '10.1.2.3', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['the last certain hop when the next is garbage', '10.1.2.3', '203.0.113.1, ?, 10.0.0.2', '10.0.0.2'],
  ])('behind several proxies is %s', (_, peer, forwardedFor, expected) => {
    expect(clientAddress({ peer, forwardedFor }, CLOUD)).toBe(expected);
  });

  it('stays the same however often a client changes the header', () => {
    const seen = Array.from({ length: 200 }, (_, index) => {
      const forged = `10.0.${index}.1, 203.0.113.${index}`;
      return [
        clientAddress({ peer: '198.51.100.9', forwardedFor: forged }, LOOPBACK),
        clientAddress({ peer: '127.0.0.1', forwardedFor: `${forged}, 198.51.100.9` }, LOOPBACK),
      ];
    });
    expect(new Set(seen.flat())).toEqual(new Set(['198.51.100.9']));
  });

  it('is the peer when no proxy is trusted', () => {
    const connection = { peer: '127.0.0.1', forwardedFor: '203.0.113.1' };
    expect(clientAddress(connection, parseTrustedProxies('none'))).toBe('127.0.0.1');
  });
});

describe('a list of proxies is refused', () => {
  it.each([
    ['a name', 'proxy.internal'],
    ['an empty part', 'loopback,'],
    ['nothing at all', ''],
    ['none beside others', 'none, 10.0.0.1'],
    ['a prefix that is too long', '10.0.0.0/33'],
    ['a prefix that is no number', '10.0.0.0/0x8'],
    ['two prefixes', '10.0.0.0/8/8'],
    ['everybody', '0.0.0.0/0'],
    ['everybody on IPv6', '::/0'],
    ['an interface', 'fe80::1%eth0'],
  ])('for %s', (_, text) => {
    expect(() => parseTrustedProxies(text)).toThrow(/is no address/);
  });
});
