import { pagePaths } from './paths.ts';

/**
 * The address of a sign-in link.
 *
 * @param returnTo the path to come back to, base path included: `/products/flask`. Default: the site's front page.
 * @param loginPath default `/auth/login`; another one for a site with a base path.
 */
export function loginHref(returnTo?: string, loginPath: string = pagePaths.login): string {
  return returnTo === undefined ? loginPath : `${loginPath}?return_to=${encodeURIComponent(returnTo)}`;
}
