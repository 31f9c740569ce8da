import { isAuthError, safeReturnTo } from '../foundation/index.ts';
import type { CookieChange } from '../session/index.ts';
import { authPaths } from '../wire/index.ts';
import { sendToProvider } from './login.ts';
import { isDocumentNavigation, pathAndQuery } from './request-kinds.ts';
import { askedMarker, wasAskedLately } from './silent-cookie.ts';
import { hasMarker } from './silent-marker.ts';
import type { Site } from './site.ts';

/**
 * Asks the provider once, by a top-level `prompt=none` redirect, who this visitor is (pain 13). `undefined` when
 * there is nothing to ask: silent sign-in is off, nobody is navigating, it was asked lately, the provider is away.
 *
 * @param changes cookies to change along the way.
 */
export async function askSilently(
  site: Site,
  request: Request,
  changes: readonly CookieChange[],
): Promise<Response | undefined> {
  const returnTo = safeReturnTo(pathAndQuery(request), site.baseUrl, `${site.basePath}/`);
  if (!site.options.silentSignIn || !isDocumentNavigation(request)) return undefined;
  if (hasMarker(returnTo) || isAuthPath(site, returnTo) || wasAskedLately(site, request)) return undefined;
  if (!(await site.provider.isAnswering())) return undefined;
  const asked = askedMarker(site);
  try {
    return await sendToProvider(site, request, { returnTo, prompt: 'none', changes: [...changes, asked] });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return undefined; // the page is worth more than the question
  }
}

function isAuthPath({ basePath }: Site, path: string): boolean {
  const { pathname } = new URL(path, 'https://path.invalid');
  return Object.values(authPaths).some((known) => pathname === basePath + known);
}
