import type { MiddlewareHandler } from 'hono';

const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/**
 * Answers for one host and to its own page only: what is shown here is about other people's sign-ins. A name that somebody
 * points at this machine (DNS rebinding) has another Host; a page of another origin says so in Sec-Fetch-Site.
 */
export function requireOwnHost(origin: string): MiddlewareHandler {
  const { host } = new URL(origin);
  return async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return context.body(null, 405);
    if (context.req.header('host') !== host) return context.text('unknown host', 421);
    if (!isOwn(context.req.header('sec-fetch-site'), context.req.header('sec-fetch-dest')))
      return context.text('for its own page only', 403);
    return next();
  };
}

/** Another page may link to the explorer's own, and may neither load its files nor read its stream. */
function isOwn(site: string | undefined, destination: string | undefined): boolean {
  return site === undefined || site === 'same-origin' || site === 'none' || destination === 'document';
}
