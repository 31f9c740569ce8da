import { withContentSecurityPolicy } from '@sso/site/http';
import { createProxy } from './auth.ts';
import { deps } from './deps.ts';
import { isDevelopment } from './env.ts';

export const proxy = withContentSecurityPolicy(
  createProxy({ guarded: ['/members', '/orders/:path*', '/session', '/support'] }),
  {
    issuer: () => deps().env.ISSUER,
    development: isDevelopment,
  },
);

// Next reads these at build time, so they have to be literals. The proxy runs for requests without the cookie that lives
// until the next refresh is due, and for documents, which need a nonce. It skips soft navigations with a fresh session.
export const config = {
  matcher: [
    {
      source: '/((?!_next/static|_next/image|favicon.ico|icon.svg|healthz|api/|auth/).*)',
      missing: [{ type: 'cookie', key: '__Host-fresh' }],
    },
    {
      source: '/((?!_next/static|_next/image|favicon.ico|icon.svg|healthz|api/|auth/).*)',
      has: [{ type: 'header', key: 'sec-fetch-dest', value: 'document' }],
    },
  ],
};
