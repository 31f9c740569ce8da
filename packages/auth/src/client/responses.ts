import type { CookieChange } from '../session/index.ts';

/** Personal or one-time: no cache keeps it (RFC 9111 §5.2), no next page learns the address (RFC 9700 §4.2.4). */
const PRIVATE_HEADERS = {
  'cache-control': 'private, no-store',
  vary: 'Cookie',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** 303, so that a POST is never repeated elsewhere (RFC 9700 §4.12). */
export function seeOther(location: string, changes: readonly CookieChange[] = []): Response {
  return privateResponse(null, { status: 303, headers: { location } }, changes);
}

/** 303 to a page of this site; absolute, by the configured address. */
export function seeOwnPage(
  site: { readonly baseUrl: string },
  path: string,
  changes: readonly CookieChange[],
): Response {
  return seeOther(new URL(path, site.baseUrl).href, changes);
}

/** A response that is one browser's own, with the cookies it changes. */
export function privateResponse(
  body: string | null,
  init: { readonly status: number; readonly headers?: Record<string, string> },
  changes: readonly CookieChange[] = [],
): Response {
  const headers = new Headers({ ...PRIVATE_HEADERS, ...init.headers });
  for (const { line } of changes) headers.append('set-cookie', line);
  return new Response(body, { status: init.status, headers });
}

/** JSON for the site's own pages. */
export function privateJson(value: unknown, status = 200, changes: readonly CookieChange[] = []): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return privateResponse(JSON.stringify(value), { status, headers }, changes);
}
