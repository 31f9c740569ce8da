import type { CookieChange } from '../../session/index.ts';

/** For one browser only: no cache keeps the response (RFC 9111 §5.2), no later page learns its address (RFC 9700 §4.2.4). */
const NO_STORE_HEADERS = {
  'cache-control': 'private, no-store',
  vary: 'Cookie',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** 303, so that a POST is never repeated elsewhere (RFC 9700 §4.12). */
export function seeOther(location: string, cookies: readonly CookieChange[] = []): Response {
  return noStoreResponse(null, { status: 303, headers: { location } }, cookies);
}

/** 303 to a page of this site; absolute, by the configured address. */
export function seeSitePage(
  site: { readonly baseUrl: string },
  path: string,
  cookies: readonly CookieChange[],
): Response {
  return seeOther(new URL(path, site.baseUrl).href, cookies);
}

/** A response for one browser, with the cookies that it changes. */
export function noStoreResponse(
  body: string | ReadableStream<Uint8Array> | null,
  init: { readonly status: number; readonly headers?: Record<string, string> },
  cookies: readonly CookieChange[] = [],
): Response {
  const headers = new Headers({ ...NO_STORE_HEADERS, ...init.headers });
  for (const { line } of cookies) headers.append('set-cookie', line);
  return new Response(body, { status: init.status, headers });
}

/** JSON for the site's own pages. */
export function noStoreJson(value: unknown, status = 200, cookies: readonly CookieChange[] = []): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return noStoreResponse(JSON.stringify(value), { status, headers }, cookies);
}
