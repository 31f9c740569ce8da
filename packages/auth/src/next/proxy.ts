import { type NextRequest, NextResponse } from 'next/server.js';
import { isTransient, type UpdatedSession, varyByCookie } from '../client/index.ts';

type Update = Pick<UpdatedSession<string>, 'response' | 'cookies'>;

/** What the proxy needs of a site. */
export interface ProxySite {
  readonly updateSession: (request: Request) => Promise<Update>;
}

/**
 * Refreshes the session and shows the new one to the same render: on the request, and as `Set-Cookie` on the response.
 * Identity travels only in the sealed cookie, which every page opens for itself: a header could be forged.
 */
export async function proxyRequest(site: ProxySite, request: NextRequest): Promise<NextResponse> {
  const { response, cookies } = await updateUnlessDown(site, request);
  if (response) return new NextResponse(null, { status: response.status, headers: response.headers });
  if (cookies.length === 0) return NextResponse.next();
  const next = NextResponse.next({ request: { headers: forwardedHeaders(request, cookies) } });
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
async function updateUnlessDown(site: ProxySite, request: NextRequest): Promise<Update> {
  try {
    return await site.updateSession(request);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return { response: undefined, cookies: [] };
  }
}

function forwardedHeaders(request: NextRequest, cookies: Update['cookies']): Headers {
  for (const { name, value } of cookies) {
    if (value === undefined) request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  headers.set('cookie', request.cookies.toString());
  return headers;
}
