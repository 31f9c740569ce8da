import { isAuthError } from '../../foundation/index.ts';

/** Whether a failure may pass with time: the answer is 503 then, which signs nobody out. */
export function isTransient(error: unknown): boolean {
  return isAuthError(error) && error.transient;
}

/** The response for one person only: no cache keeps it. A copy, since responses of `fetch` and `redirect` are immutable. */
export function withNoStore({ body, headers, status, statusText }: Response): Response {
  const changed = new Headers(headers);
  changed.set('cache-control', 'private, no-store');
  changed.set('vary', varyByCookie(headers.get('vary')));
  return new Response(body, { status, statusText, headers: changed });
}

/** A `Vary` that names the cookie once (RFC 9110 §12.5.5). */
export function varyByCookie(vary: string | null): string {
  const names = (vary ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (vary !== null && (names.includes('cookie') || names.includes('*'))) return vary;
  return vary === null || vary === '' ? 'Cookie' : `${vary}, Cookie`;
}
