import { isAuthError } from '../foundation/index.ts';

/** Whether a failure is one that time may heal: a 503 then, which signs nobody out and blames nobody. */
export function isTransient(error: unknown): boolean {
  return isAuthError(error) && error.transient;
}

/** The response as one person's own: no cache keeps it. A copy, for those of `fetch` and `redirect` can't be changed. */
export function personal({ body, headers, status, statusText }: Response): Response {
  const own = new Headers(headers);
  own.set('cache-control', 'private, no-store');
  own.set('vary', varyByCookie(headers.get('vary')));
  return new Response(body, { status, statusText, headers: own });
}

/** A `Vary` that names the cookie once (RFC 9110 §12.5.5). */
export function varyByCookie(vary: string | null): string {
  const names = (vary ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (vary !== null && (names.includes('cookie') || names.includes('*'))) return vary;
  return vary === null || vary === '' ? 'Cookie' : `${vary}, Cookie`;
}
