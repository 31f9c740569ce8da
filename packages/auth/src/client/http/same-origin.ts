import type { Site } from '../site.ts';

/**
 * Whether a page of this site made a state-changing request (CSRF, OWASP ASVS 5 §3.5): by `Origin` where the browser
 * sent one, else by `Sec-Fetch-Site`. A request with neither is refused: current browsers send one of them with
 * every POST.
 */
export function isSameOrigin(site: Site, request: Request): boolean {
  const origin = request.headers.get('origin');
  const fetchSite = request.headers.get('sec-fetch-site');
  // A page with the policy no-referrer sends "Origin: null" with its own forms; Sec-Fetch-Site is right there.
  const hasNoOrigin = origin === null || origin === 'null';
  if (hasNoOrigin ? fetchSite === 'same-origin' : origin === new URL(site.baseUrl).origin) return true;
  const { pathname: path } = new URL(request.url);
  site.observe({ type: 'csrf.rejected', ...site.names, path, origin: origin ?? undefined });
  return false;
}
