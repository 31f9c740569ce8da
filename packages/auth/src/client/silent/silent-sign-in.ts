import { isAuthError, safeReturnTo } from '../../foundation/index.ts';
import type { CookieChange } from '../../session/index.ts';
import { authPaths } from '../../wire/index.ts';
import { isDocumentNavigation, pathAndQuery } from '../http/navigation.ts';
import { startLogin } from '../login/start-login.ts';
import type { Site } from '../site.ts';
import { askedCookie, wasAskedRecently } from './silent-cookie.ts';
import { hasMarker } from './silent-marker.ts';

/**
 * Asks the provider once, by a top-level `prompt=none` redirect, who this visitor is (pain 13). `undefined` where
 * nothing is asked: silent sign-in is off, nobody is navigating, it was asked recently, or the provider is down.
 *
 * @param cookies to change along the way.
 */
export async function startSilentSignIn(
  site: Site,
  request: Request,
  cookies: readonly CookieChange[],
): Promise<Response | undefined> {
  const returnTo = safeReturnTo(pathAndQuery(request), site.baseUrl, `${site.basePath}/`);
  if (!site.options.silentSignIn || !isDocumentNavigation(request)) return undefined;
  if (hasMarker(returnTo) || isAuthPath(site, returnTo) || wasAskedRecently(site, request)) return undefined;
  if (!(await site.provider.isReachable())) return undefined;
  const asked = askedCookie(site);
  try {
    return await startLogin(site, request, { returnTo, prompt: 'none', cookies: [...cookies, asked] });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return undefined; // the visitor came for the page, and gets it without the silent sign-in
  }
}

function isAuthPath({ basePath }: Site, path: string): boolean {
  const { pathname } = new URL(path, 'https://path.invalid');
  return Object.values(authPaths).some((known) => pathname === basePath + known);
}
