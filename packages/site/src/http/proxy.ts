import { contentSecurityPolicy, markDocument, scriptNonce } from '@sso/ui/http';
import type { NextRequest, NextResponse } from 'next/server.js';

type Proxy = (request: NextRequest) => Promise<NextResponse>;

export interface PolicyOptions {
  /** The provider's address. Read at each request: a build knows no address. */
  readonly issuer: () => string;
  /** Origins of other sites whose APIs the pages call directly. Default: none. */
  readonly apiOrigins?: () => readonly string[];
  /** Whether `next dev` serves the pages: its scripts need a wider policy. Never true in production. */
  readonly development: boolean;
}

/**
 * A site's `proxy.ts` around the one of its `auth.ts`: gives each document a script nonce of its own, and has it rendered
 * whole. Neither protects anything: each page, handler and action checks the session itself.
 */
export function withContentSecurityPolicy(
  next: Proxy,
  { issuer, apiOrigins, development }: PolicyOptions,
): Proxy {
  return async (request) => {
    const policy = contentSecurityPolicy({
      nonce: scriptNonce(),
      formTargets: [new URL(issuer()).origin],
      apiOrigins: apiOrigins?.() ?? [],
      development,
    });
    // Next reads the nonce for its own scripts from the policy of the request.
    request.headers.set('content-security-policy', policy);
    markDocument(request.headers);
    const response = await next(request);
    response.headers.set('content-security-policy', policy);
    response.headers.append('vary', 'Cookie');
    return response;
  };
}
