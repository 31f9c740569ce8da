import { describe, expect, it } from 'vitest';
import { toInternalUrl, requireSecureUrl, safeReturnTo } from './index.ts';

const base = 'https://shop.example:8443';

describe('pain 20: safeReturnTo', () => {
  it.each([
    ['/', '/'],
    ['/cart', '/cart'],
    ['/cart?step=2#total', '/cart?step=2#total'],
    ['/a/../b', '/b'],
    ['/search?q=//evil.example', '/search?q=//evil.example'],
    ['/search?next=https://evil.example', '/search?next=https://evil.example'],
    ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
    ['/caf\u00E9', '/caf%C3%A9'],
    [`${base}/cart?x=1`, '/cart?x=1'],
    [base, '/'],
  ])('keeps %j', (value, expected) => {
    expect(safeReturnTo(value, base)).toBe(expected);
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/ /evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https://evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'http://shop.example:8443/',
    'https://shop.example/',
    'https://shop.example:8443@evil.example/',
    'https://shop.example:8443.evil.example/',
    'https://user@shop.example:8443/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'blob:https://shop.example:8443/x',
    'evil.example',
    'cart',
    '@evil.example',
    '?next=x',
    '\u2028//evil.example',
    '/\u2028/evil.example',
    '/\u0000/evil.example',
    '\uFF0F\uFF0Fevil.example',
    '%2F%2Fevil.example',
    '',
    `/${'a'.repeat(10_240)}`,
  ])('L-01 L-02 does not leave the site by %j', (value) => {
    expect(safeReturnTo(value, base)).toBe('/');
  });

  it.each([undefined, null, 7, ['/a', '/b'], {}, true])('L-02 takes the fallback for %j', (value) => {
    expect(safeReturnTo(value, base, '/home')).toBe('/home');
  });

  it.each(['/%0d%0aSet-Cookie:x=1', '/%09/evil.example', '/%5cevil.example', '/\uFF0Fevil.example'])(
    'L-01 keeps %j a path of this site',
    (value) => {
      const path = safeReturnTo(value, base);
      expect(new URL(path, base).origin).toBe(base);
      expect(path).toMatch(/^\/(?!\/)[\x21-\x7E]*$/);
    },
  );
});

describe('requireSecureUrl', () => {
  it.each([
    'https://issuer.example',
    'https://issuer.example/tenant',
    'http://127.0.0.1:4100',
    'http://[::1]:4100',
    'http://localhost',
    'http://idp.localhost:8080',
  ])('takes %s', (url) => {
    expect(requireSecureUrl(url, 'issuer')).toBeInstanceOf(URL);
  });

  it.each([
    'http://issuer.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://evillocalhost',
    'http://10.0.0.1',
    'ftp://localhost',
    'javascript:alert(1)',
    'https://user:secret@issuer.example',
    'https://issuer.example#x',
    'issuer.example',
    '',
  ])('refuses %j', (url) => {
    expect(() => requireSecureUrl(url, 'issuer')).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});

describe('toInternalUrl', () => {
  const issuer = 'https://idp.example/tenant';
  const inside = 'http://idp:4100/t';
  it.each([
    ['https://idp.example/tenant', 'http://idp:4100/t'],
    ['https://idp.example/tenant/jwks?x=1', 'http://idp:4100/t/jwks?x=1'],
    ['https://idp.example/jwks?x=1', 'http://idp:4100/jwks?x=1'],
    ['https://idp.example/tenant-2/jwks', 'http://idp:4100/tenant-2/jwks'],
    ['https://other.example/tenant/jwks', 'https://other.example/tenant/jwks'],
  ])('of %s is %s', (address, expected) => {
    expect(toInternalUrl(address, issuer, inside)).toBe(expected);
    expect(toInternalUrl(address, issuer, undefined)).toBe(address);
  });
});
