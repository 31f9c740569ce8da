/**
 * lets scripts of any origin read a response of the few endpoints that clients in browsers call. `*` excludes
 * credentials (Fetch §3.3.2), and none of these endpoints reads a cookie: a script gets what any other program would get,
 * without the rights of the person whose browser it runs in.
 */
const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After, ETag, DPoP-Nonce',
} as const;

/** Browsers keep a preflight's answer for two hours at most. */
const PREFLIGHT_SECONDS = 7200;

/** Adds the CORS headers. A request without Origin comes from a program, and its response stays as it is. */
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
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, DPoP, If-None-Match',
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    },
  });
}
