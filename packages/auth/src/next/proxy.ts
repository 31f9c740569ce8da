import { type NextRequest, NextResponse } from 'next/server.js';
import type { Passage, RelyingParty } from '../client/index.ts';

/**
 * Renews the session and shows the new one to the same render: on the request, and as `Set-Cookie` on the response.
 * Identity travels in the sealed cookie alone, which every page opens for itself; no header of ours could be believed.
 */
export async function passRequest(
  site: Pick<RelyingParty, 'pass'>,
  request: NextRequest,
): Promise<NextResponse> {
  const { answer, changes } = await site.pass(request);
  if (answer) return new NextResponse(null, { status: answer.status, headers: answer.headers });
  if (changes.length === 0) return NextResponse.next();
  const response = NextResponse.next({ request: { headers: forwardedHeaders(request, changes) } });
  for (const { line } of changes) response.headers.append('set-cookie', line);
  // A static page says s-maxage, and a shared cache would keep the cookie with it.
  response.headers.set('cache-control', 'private, no-store');
  response.headers.append('vary', 'Cookie');
  return response;
}

function forwardedHeaders(request: NextRequest, changes: Passage<string>['changes']): Headers {
  for (const { name, value } of changes) {
    if (value === undefined) request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  headers.set('cookie', request.cookies.toString());
  return headers;
}
