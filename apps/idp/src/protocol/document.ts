/** A JSON document that is the same for everybody: rendered once, with ETag and a lifetime (RFC 9111). */
export function documentResponse(
  request: Request,
  document: { readonly body: string; readonly etag: string },
  contentType = 'application/json',
): Response {
  const headers = {
    'Content-Type': contentType,
    // Short enough that a new key is seen long before it signs.
    'Cache-Control': 'public, max-age=300',
    ETag: document.etag,
    // Public data that browser-based clients read too; no credentials are involved.
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === document.etag)
    return new Response(null, { status: 304, headers });
  return new Response(document.body, { headers });
}
