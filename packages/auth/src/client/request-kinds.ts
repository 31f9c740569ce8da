/**
 * What kind of request this is, by the headers a page can't forge (`Sec-Fetch-*`, W3C Fetch Metadata) and those a
 * framework's router adds.
 */

/** A person's browser loading a page: the only thing that may be sent to the provider. */
export function isDocumentNavigation({ method, headers }: Request): boolean {
  return (
    method === 'GET' &&
    headers.get('sec-fetch-mode') === 'navigate' &&
    headers.get('sec-fetch-dest') === 'document' &&
    !isSpeculative(headers)
  );
}

/** Prefetches and router fetches: nobody asked to see this, so nothing may start or be used up by it (pain 10). */
function isSpeculative(headers: Headers): boolean {
  const purposes = ['purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '');
  return (
    headers.has('sec-purpose') ||
    headers.has('rsc') ||
    headers.has('next-router-prefetch') ||
    purposes.some((value) => value.toLowerCase().includes('prefetch'))
  );
}

/** May this request begin or finish a login? A browser says `navigate`; clients without fetch metadata get the benefit of the doubt. */
export function isNavigation(request: Request): boolean {
  const mode = request.headers.get('sec-fetch-mode');
  return !isSpeculative(request.headers) && (mode === null || mode === 'navigate');
}

/** The request's path and query on this site; host and scheme of a request are whatever a proxy made of them. */
export function pathAndQuery(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}
