/**
 * The `basePath` of a site, from its public address. Next removes it from the URL that a route handler gets, and adds it to
 * every path that `redirect()` gets. Browsers and the provider see addresses with it.
 */
export const basePathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, '');

/** Turns a path as the app writes it into the path that browsers see. Other text stays as it is; the relying party refuses it. */
export function withBasePath(baseUrl: string, path: string | undefined): string | undefined {
  return path?.startsWith('/') ? basePathOf(baseUrl) + path : path;
}

/** Turns a path that browsers see into the path that Next's `redirect()` takes. */
export function withoutBasePath(baseUrl: string, path: string): string {
  return path.slice(basePathOf(baseUrl).length);
}

/** The request as the browser sent it. */
export function requestWithBasePath(baseUrl: string, request: Request): Request {
  const url = new URL(request.url);
  url.pathname = basePathOf(baseUrl) + url.pathname;
  return new Request(url, request);
}
