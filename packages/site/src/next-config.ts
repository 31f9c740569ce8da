import { pageHeaders, securityHeaders, wholeDocuments } from '@sso/ui/http';
import type { NextConfig } from 'next';

/** The `next.config.ts` of both sites. */
export const nextConfig: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  // `next dev` logs the address of each request, and the callback's address holds a code: those lines are left out.
  logging: { incomingRequests: { ignore: [/^\/auth\//] } },
  headers: async () => [
    { source: '/:path*', headers: [...securityHeaders] },
    { source: '/((?!auth/).*)', headers: [...pageHeaders] },
  ],
  cacheComponents: true,
  partialPrefetching: true,
  // Documents are rendered whole, at each request: each script gets its nonce, and each page its status (decision 0012).
  htmlLimitedBots: wholeDocuments,
  agentRules: false,
  experimental: {
    authInterrupts: true,
    agentUpgrade: false,
    // No page has a shell that could be shown first, so `next dev` does not report each one for lacking it (decision 0012).
    instantInsights: { validationLevel: 'manual-warning' },
  },
};
