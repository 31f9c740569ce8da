import { pageHeaders, securityHeaders } from '@sso/ui/http';
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
  agentRules: false,
  experimental: { authInterrupts: true, agentUpgrade: false },
};
