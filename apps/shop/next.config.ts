import { pageHeaders, securityHeaders } from '@sso/ui/http';
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  // `next dev` logs each request's address, and the callback's holds a code: those lines stay out.
  logging: { incomingRequests: { ignore: [/^\/auth\//] } },
  headers: async () => [
    { source: '/:path*', headers: [...securityHeaders] },
    { source: '/((?!auth/).*)', headers: [...pageHeaders] },
  ],
  agentRules: false,
  experimental: { authInterrupts: true, agentUpgrade: false },
};

// Next reads its configuration from the default export.
export default config;
