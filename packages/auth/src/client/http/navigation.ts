/**
 * What kind of request this is, by the headers a page can't forge (`Sec-Fetch-*`, W3C Fetch Metadata) and those a
 * framework's router adds.
 */

/** A person's browser is loading a page. Only such a request may be redirected to the provider silently. */
export function isDocumentNavigation({ method, headers }: Request): boolean {
  return (
    method === 'GET' &&
    headers.get('sec-fetch-mode') === 'navigate' &&
    headers.get('sec-fetch-dest') === 'document' &&
    !isSpeculative(headers)
  );
}

/** A browser is about to show a page. Without fetch metadata it is believed: it asks for HTML, and a router does not. */
export function isDocument(request: Request): boolean {
  const { method, headers } = request;
  if (headers.has('sec-fetch-dest')) return isDocumentNavigation(request);
  return method === 'GET' && !isSpeculative(headers) && (headers.get('accept') ?? '').includes('text/html');
}

/** A prefetch or a router's fetch. Nobody asked to see it, so it must neither begin nor consume a login (pain 10). */
function isSpeculative(headers: Headers): boolean {
  const purposes = ['purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '');
  return (
    headers.has('sec-purpose') ||
    headers.has('rsc') ||
    headers.has('next-router-prefetch') ||
    purposes.some((value) => value.toLowerCase().includes('prefetch'))
  );
}

/** Whether this request may begin or finish a login. A browser says `navigate`; clients without fetch metadata are believed. */
export function isNavigation(request: Request): boolean {
  const mode = request.headers.get('sec-fetch-mode');
  return !isSpeculative(request.headers) && (mode === null || mode === 'navigate');
}

/** The request's path and query. Its scheme and host may be those of a proxy, so they are left out. */
export function pathAndQuery(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}
