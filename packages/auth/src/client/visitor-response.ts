import { safeReturnTo } from '../foundation/index.ts';
import type { CookieChange } from '../session/index.ts';
import { siteLoginHref } from './http/failure.ts';
import { isDocument, pathAndQuery } from './http/navigation.ts';
import { seeSitePage } from './http/responses.ts';
import { startSilentSignIn } from './silent/silent-sign-in.ts';
import type { Site } from './site.ts';

/**
 * What a visitor without a session gets instead of a page: for the document of a guarded page a redirect to the login,
 * for any other a silent sign-in where that is allowed. `undefined` where the page itself is to answer.
 *
 * @param cookies to change along the way.
 */
export async function respondToVisitor(
  site: Site,
  request: Request,
  cookies: readonly CookieChange[],
  isGuarded: boolean,
): Promise<Response | undefined> {
  if (!isGuarded || !isDocument(request)) return startSilentSignIn(site, request, cookies);
  const returnTo = safeReturnTo(pathAndQuery(request), site.baseUrl, `${site.basePath}/`);
  return seeSitePage(site, siteLoginHref(site, returnTo), cookies);
}
