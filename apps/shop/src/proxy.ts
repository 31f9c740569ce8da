import { createProxy } from '@sso/site/http';
import { proxy as refresh } from './auth.ts';
import { deps } from './deps.ts';
import { isDevelopment } from './env.ts';

export const proxy = createProxy({
  refresh,
  issuer: () => deps().env.ISSUER,
  development: isDevelopment,
});

// Next reads these at build time, so they are literals. A signed-in soft navigation whose session is fresh meets
// neither row: the marker cookie lives until the next refresh is due, and only documents need a nonce.
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
