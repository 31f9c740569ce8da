import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isSpecialUseHost } from './special-use-hosts.ts';

const hostOf = (host: string) => new URL(`https://${host}/`).hostname;

describe('X-19 a host that the provider must not be sent to', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'shop.localhost',
    'metadata',
    'metadata.google.internal',
    'printer.local',
    'router.home.arpa',
    'db.test',
    'hidden.onion',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a00:1]',
    '[2002:a00:1::]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[2001:db8::1]',
  ])('is %s', (host) => {
    expect(isSpecialUseHost(hostOf(host))).toBe(true);
  });

  it.each([
    'app.example.com',
    'localhost.example.com',
    'internal.example.com',
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '[2606:4700::1111]',
  ])('is not %s', (host) => {
    expect(isSpecialUseHost(hostOf(host))).toBe(false);
  });
});

describe('this machine', () => {
  it.each([
    ['localhost', true],
    ['idp.localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['notlocalhost', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
    ['127.0.0.2', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(hostOf(host))).toBe(expected);
  });
});
