import { authError } from '../foundation/index.ts';
import type { Site } from './site.ts';

/**
 * Lets a state-changing request pass only when a page of this site made it (CSRF, OWASP ASVS 5 §3.5): by `Origin`
 * where the browser sent one, else by `Sec-Fetch-Site`. A request with neither is refused: every browser of the
 * last years sends one of them with a POST.
 *
 * @throws AuthError `csrf`
 */
export function requireSameOrigin(site: Site, request: Request): void {
  const origin = request.headers.get('origin');
  const fetchSite = request.headers.get('sec-fetch-site');
  // A no-referrer page sends "Origin: null" with its own form posts; Sec-Fetch-Site still tells the truth there.
  const same =
    origin === null || origin === 'null'
      ? fetchSite === 'same-origin'
      : origin === new URL(site.baseUrl).origin;
  if (same) return;
  const { pathname } = new URL(request.url);
  site.observe({ type: 'csrf.rejected', ...site.names, path: pathname, origin: origin ?? undefined });
  throw authError(
    'csrf',
    `a ${request.method} to ${pathname} came from ${origin ?? 'an unknown place'}, not from ${site.baseUrl}: send it from a page of this site`,
  );
}
