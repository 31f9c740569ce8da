/**
 * lets scripts of any origin read an answer, at the few endpoints that clients in browsers call. `*` never goes
 * with credentials (Fetch §3.3.2), and none of these endpoints reads a cookie: a script gets what its own program
 * would get, and nothing that is the person's.
 */
const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After, ETag',
} as const;

/** Browsers ask again after two hours at most. */
const PREFLIGHT_SECONDS = 7200;

/** Adds what a browser wants to see; programs send no Origin and get the answer as it is. */
export function withCorsHeaders(request: Request, response: Response): Response {
  if (!request.headers.has('origin')) return response;
  for (const [name, value] of Object.entries(CORS_HEADERS)) response.headers.set(name, value);
  return response;
}

/** The answer to a browser that asks what a script of another origin may send here (Fetch §4.8). */
export function preflightResponse(methods: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      Allow: methods,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    },
  });
}
