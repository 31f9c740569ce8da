/** A JSON document that is the same for everybody, as the text that goes out. */
export interface StaticDocument {
  readonly body: string;
  readonly etag: string;
}

interface Representation {
  readonly contentType: string;
  /** How long anybody may keep a copy. */
  readonly maxAgeSeconds: number;
}

/** Answers with a document that was rendered once, with ETag and a lifetime (RFC 9110 §13.1.2, RFC 9111). */
export function documentResponse(
  request: Request,
  document: StaticDocument,
  { contentType, maxAgeSeconds }: Representation,
): Response {
  const headers = {
    'Content-Type': contentType,
    'Cache-Control': `public, max-age=${maxAgeSeconds}`,
    ETag: document.etag,
    // Said to everybody, so that a shared cache need not tell callers apart.
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
  };
  const known = request.headers.get('if-none-match');
  if (known !== null && matches(known, document.etag)) return new Response(null, { status: 304, headers });
  return new Response(document.body, { headers });
}

/** A list of tags, or `*`; what compresses on the way makes a tag a weak one. */
function matches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
