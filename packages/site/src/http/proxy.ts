import { contentSecurityPolicy, scriptNonce } from '@sso/ui/http';
import { type NextRequest, NextResponse } from 'next/server.js';

export interface ProxyOptions {
  /** The `proxy` of the site's `auth.ts`, which renews the session. */
  readonly refresh: (request: NextRequest) => Promise<NextResponse>;
  /** The provider's address. Read at each request: a build knows no address. */
  readonly issuer: () => string;
  /** Whether `next dev` serves the pages: its scripts need a wider policy. Never true in production. */
  readonly development: boolean;
}

/** The cookie that lives until the session's next refresh is due. */
const FRESH_COOKIE = '__Host-fresh';

/**
 * A site's `proxy.ts`: gives each document a script nonce of its own, and renews the session when its refresh may be
 * due. It protects no page: each page, handler and action checks the session itself.
 */
export function createProxy({ refresh, issuer, development }: ProxyOptions) {
  return async (request: NextRequest): Promise<NextResponse> => {
    const policy = contentSecurityPolicy({
      nonce: scriptNonce(),
      formTargets: [new URL(issuer()).origin],
      development,
    });
    // Next reads the nonce for its own scripts from the policy of the request.
    request.headers.set('content-security-policy', policy);
    const response = request.cookies.has(FRESH_COOKIE)
      ? NextResponse.next({ request: { headers: request.headers } })
      : await refresh(request);
    response.headers.set('content-security-policy', policy);
    response.headers.append('vary', 'Cookie');
    return response;
  };
}
