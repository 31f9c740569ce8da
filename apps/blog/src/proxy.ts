import { withContentSecurityPolicy } from '@sso/site/http';
import { createProxy } from './auth.ts';
import { deps } from './deps.ts';
import { isDevelopment } from './env.ts';

export const proxy = withContentSecurityPolicy(
  createProxy({ guarded: ['/drafts/:path*', '/session', '/ways'] }),
  {
    issuer: () => deps().env.ISSUER,
    development: isDevelopment,
  },
);

// Next reads this at build time, so it has to be a literal. The proxy runs for every page: a cookie that says that nothing is due
// knows nothing of permissions that have changed.
export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg|healthz|api/|auth/).*)'],
};
