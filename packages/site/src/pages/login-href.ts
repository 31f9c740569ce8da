import { authPaths } from '@sso/auth/wire';

/**
 * Where a sign-in link leads.
 *
 * @param returnTo the path to come back to, `/products/flask`
 */
export function loginHref(returnTo: string): string {
  return `${authPaths.login}?return_to=${encodeURIComponent(returnTo)}`;
}
