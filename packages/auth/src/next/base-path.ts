/**
 * Next hands route handlers their address without its `basePath`, and puts that before every path it redirects to. The
 * site's own addresses carry it: they are what browsers and the provider see.
 */
export const basePathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, '');

/** A path as the app writes it, as browsers see it. What is no path stays, for the site to judge. */
export function withBasePath(baseUrl: string, path: string | undefined): string | undefined {
  return path?.startsWith('/') ? basePathOf(baseUrl) + path : path;
}

/** A path of the site as Next's `redirect()` takes it. */
export function withoutBasePath(baseUrl: string, path: string): string {
  return path.slice(basePathOf(baseUrl).length);
}

/** The request as the browser sent it. */
export function requestWithBasePath(baseUrl: string, request: Request): Request {
  const url = new URL(request.url);
  url.pathname = basePathOf(baseUrl) + url.pathname;
  return new Request(url, request);
}
