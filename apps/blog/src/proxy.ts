import { withContentSecurityPolicy } from '@sso/site/http';
import { createProxy } from './auth.ts';
import { deps } from './deps.ts';
import { isDevelopment } from './env.ts';

export const proxy = withContentSecurityPolicy(
  createProxy({ guarded: ['/drafts/:path*', '/session', '/support/:path*', '/ways'] }),
  {
    issuer: () => deps().env.ISSUER,
    // The third of the ways across: the page itself asks the shop.
    apiOrigins: () => [deps().env.SHOP_URL],
    development: isDevelopment,
  },
);

// Next reads these at build time, so they have to be literals. The proxy runs for every page: the cookie that says that nothing is
// due knows nothing of permissions that have changed. A prefetch, which holds nothing personal, goes by that cookie.
export const config = {
  matcher: [
    {
      source: '/((?!_next/static|_next/image|favicon.ico|icon.svg|healthz|api/|auth/).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
    {
      source: '/((?!_next/static|_next/image|favicon.ico|icon.svg|healthz|api/|auth/).*)',
      missing: [{ type: 'cookie', key: '__Host-fresh' }],
    },
  ],
};
