import { type NextRequest, NextResponse } from 'next/server.js';
import {
  isSafeMethod,
  isTransient,
  type RelyingParty,
  type UpdatedSession,
  type UpdateOptions,
  varyByCookie,
} from '../client/index.ts';
import { authPaths } from '../wire/index.ts';
import { HANDOVER_HEADER } from './framework.ts';
import { createPathMatcher } from './guarded-paths.ts';

type Update = Pick<UpdatedSession<string>, 'response' | 'cookies' | 'handOver'>;

/** What the proxy needs of a site. */
export type ProxySite = Pick<RelyingParty, 'cookieNames'> & {
  readonly updateSession: (request: Request, options: UpdateOptions) => Promise<Update>;
};

/** The settings of a site's `proxy.ts`. */
export interface ProxyOptions {
  /**
   * Paths of guarded pages, without the base path, written as in the matcher: `/orders`, `/orders/:path*` (with all below
   * it), `/teams/:team/billing`. A visitor's document of such a page is redirected to the login with a real status. The
   * page alone could say so only inside a 200, because its shell was prerendered. This protects nothing: a page that is
   * missing here still checks the session itself.
   */
  readonly guarded: readonly string[];
}

export type SiteProxy = (request: NextRequest) => Promise<NextResponse>;

/** Where a tab asks by itself: that is no use of the session, so its idle time runs on. */
const ASKED_BY_TABS: readonly string[] = [authPaths.events, authPaths.session];

/** @throws AuthError `config_invalid` for a path that it can't read. */
export function createSiteProxy(site: () => ProxySite, { guarded }: ProxyOptions): SiteProxy {
  const isGuardedPath = createPathMatcher(guarded);
  return async (request) => {
    const { pathname } = request.nextUrl;
    // A site's matcher may leave these out.
    if (ASKED_BY_TABS.includes(pathname.replace(/\/$/, ''))) return continueWith(request.headers);
    const isGuarded = isGuardedPath(pathname);
    // This cookie says that nothing is due, and nothing about an end elsewhere: a guarded page is looked at all the same.
    const isFresh = !isGuarded && request.cookies.has(site().cookieNames.fresh);
    return proxyRequest(site(), request, { isGuarded, isFresh });
  };
}

/**
 * Refreshes the session and shows the new one to the same render: on the request, and as `Set-Cookie` on the response.
 * Identity travels only in the sealed cookie, which every page opens for itself: a header could be forged.
 */
async function proxyRequest(
  site: ProxySite,
  request: NextRequest,
  options: UpdateOptions,
): Promise<NextResponse> {
  const update = await updateUnlessDown(site, request, options);
  const { response, cookies } = update;
  if (response) return new NextResponse(null, { status: response.status, headers: response.headers });
  const next = continueWith(forwardedHeaders(request, update));
  if (cookies.length === 0) return next;
  for (const { line } of cookies) next.headers.append('set-cookie', line);
  // A static page says s-maxage, and a shared cache would keep the cookie with it.
  next.headers.set('cache-control', 'private, no-store');
  next.headers.set('vary', varyByCookie(next.headers.get('vary')));
  return next;
}

/**
 * While the site's store is down the request goes on unchanged rather than ending in a 503: most pages behind a proxy are
 * public, and a page that needs a session reads it for itself and fails alone. This lets nobody in.
 */
async function updateUnlessDown(
  site: ProxySite,
  request: NextRequest,
  options: UpdateOptions,
): Promise<Update> {
  try {
    return await site.updateSession(request, options);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return { response: undefined, cookies: [], handOver: () => undefined };
  }
}

/** On to the page, with the headers as they are now: a site's own proxy may have set some before. */
const continueWith = (headers: Headers) => NextResponse.next({ request: { headers } });

/** The request's headers as the page is to see them. */
function forwardedHeaders(request: NextRequest, { cookies, handOver }: Update): Headers {
  for (const { name, value } of cookies) {
    if (value === undefined) request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  if (cookies.length > 0) headers.set('cookie', request.cookies.toString());
  // An action gets none: it may end the session, and Next then renders a page with the headers of the action's request.
  const handover = isSafeMethod(request) ? handOver() : undefined;
  if (handover !== undefined) headers.set(HANDOVER_HEADER, handover);
  return headers;
}
