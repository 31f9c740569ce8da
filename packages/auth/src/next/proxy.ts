import { type NextRequest, NextResponse } from 'next/server.js';
import { isTransient, type Passage, varyByCookie } from '../client/index.ts';

type Passed = Pick<Passage<string>, 'answer' | 'changes'>;

/** What the proxy needs of a site. */
export interface Passing {
  readonly pass: (request: Request) => Promise<Passed>;
}

/**
 * Renews the session and shows the new one to the same render: on the request, and as `Set-Cookie` on the response.
 * Identity travels in the sealed cookie alone, which every page opens for itself; no header of ours could be believed.
 */
export async function passRequest(site: Passing, request: NextRequest): Promise<NextResponse> {
  const { answer, changes } = await passUnlessAway(site, request);
  if (answer) return new NextResponse(null, { status: answer.status, headers: answer.headers });
  if (changes.length === 0) return NextResponse.next();
  const response = NextResponse.next({ request: { headers: forwardedHeaders(request, changes) } });
  for (const { line } of changes) response.headers.append('set-cookie', line);
  // A static page says s-maxage, and a shared cache would keep the cookie with it.
  response.headers.set('cache-control', 'private, no-store');
  response.headers.set('vary', varyByCookie(response.headers.get('vary')));
  return response;
}

/**
 * While the site's store is away the request goes on untouched rather than ending in a 503: most pages behind a proxy are
 * public and need no session, and whoever does need one asks for it, so that page fails alone. Nobody is let in by it.
 */
async function passUnlessAway(site: Passing, request: NextRequest): Promise<Passed> {
  try {
    return await site.pass(request);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return { answer: undefined, changes: [] };
  }
}

function forwardedHeaders(request: NextRequest, changes: Passed['changes']): Headers {
  for (const { name, value } of changes) {
    if (value === undefined) request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  headers.set('cookie', request.cookies.toString());
  return headers;
}
