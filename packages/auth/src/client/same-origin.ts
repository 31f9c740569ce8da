import type { Site } from './site.ts';

/**
 * Whether a page of this site made a state-changing request (CSRF, OWASP ASVS 5 §3.5): by `Origin` where the browser
 * sent one, else by `Sec-Fetch-Site`. A request with neither is none of ours: every browser of the last years sends
 * one of them with a POST.
 */
export function isSameOrigin(site: Site, request: Request): boolean {
  const origin = request.headers.get('origin');
  const fetchSite = request.headers.get('sec-fetch-site');
  // A no-referrer page sends "Origin: null" with its own form posts; Sec-Fetch-Site still tells the truth there.
  const isSilent = origin === null || origin === 'null';
  if (isSilent ? fetchSite === 'same-origin' : origin === new URL(site.baseUrl).origin) return true;
  const { pathname: path } = new URL(request.url);
  site.observe({ type: 'csrf.rejected', ...site.names, path, origin: origin ?? undefined });
  return false;
}
