import { contentSecurityPolicy, scriptNonce } from '@sso/ui/http';
import { type NextRequest, NextResponse } from 'next/server';
import { proxy as refresh } from './auth.ts';
import { deps } from './deps.ts';
import { isDevelopment } from './env.ts';

const FRESH = '__Host-fresh';

/**
 * Gives every document its own script nonce, and runs the session's refresh where one may be due. It is no lock:
 * every page, handler and action checks the session itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const policy = contentSecurityPolicy({
    nonce: scriptNonce(),
    formTargets: [new URL(deps().env.ISSUER).origin],
    development: isDevelopment,
  });
  // Next reads the nonce for its own scripts from the request's policy.
  request.headers.set('content-security-policy', policy);
  const response = request.cookies.has(FRESH)
    ? NextResponse.next({ request: { headers: request.headers } })
    : await refresh(request);
  response.headers.set('content-security-policy', policy);
  response.headers.append('vary', 'Cookie');
  return response;
}

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
