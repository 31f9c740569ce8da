import { expect, it } from 'vitest';
import { createPathMatcher } from './guarded-paths.ts';

it.each([
  ['/orders', '/orders', true],
  ['/orders', '/orders/', true],
  ['/orders', '/orders/7', false],
  ['/orders', '/ordersx', false],
  ['/orders/:path*', '/orders', true],
  ['/orders/:path*', '/orders/7/lines', true],
  ['/orders/:path*', '/ordersx', false],
  ['/orders/:path*', '/orders/a%0Ab', true],
  ['/orders/:path+', '/orders', false],
  ['/orders/:path+', '/orders/7', true],
  ['/teams/:team/billing', '/teams/a/billing', true],
  ['/teams/:team/billing', '/teams/a/b/billing', false],
  ['/:path*', '/', true],
  ['/:path*', '/anything/at/all', true],
  ['/', '/', true],
  ['/', '/orders', false],
  ['/my.orders', '/my.orders', true],
  ['/my.orders', '/myxorders', false],
  ['/orders', '/%6Frders', true],
  ['/orders', '/%E0%A4%A', false],
  ['/caf%C3%A9', '/caf%C3%A9', true],
])('%s guards %s: %s', (pattern, path, isGuarded) => {
  expect(createPathMatcher(['/elsewhere', pattern])(path)).toBe(isGuarded);
});

it('a site without guarded paths guards none', () => {
  expect(createPathMatcher([])('/')).toBe(false);
});

it.each([
  'orders',
  '',
  '/orders/*',
  '/orders/(.*)',
  '/:path*/orders',
  '/orders?page',
  '/a//b',
  '/orders/:path?',
  'https://shop.example/orders',
])('"%s" is refused by name: it would guard nothing', (pattern) => {
  expect(() => createPathMatcher([pattern])).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message: expect.stringContaining(`"${pattern}"`),
    }),
  );
});
