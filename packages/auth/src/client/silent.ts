import { isAuthError, safeReturnTo } from '../foundation/index.ts';
import { type CookieChange, cookieReader } from '../session/index.ts';
import { authPaths } from '../wire/index.ts';
import { sendToProvider } from './login.ts';
import { isDocumentNavigation, pathAndQuery } from './request-kinds.ts';
import { hasMarker } from './silent-marker.ts';
import type { Site } from './site.ts';

/** Somebody who comes over from another site may have signed in there a moment ago: ask again, but not in a circle. */
const ARRIVAL_SECONDS = 10;

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

/** The cookie that remembers when the provider was asked. It holds no secret and decides about nothing else. */
export function askedMarker({ jar, lifetimes, clock }: Site): CookieChange {
  return jar.set(jar.names.silent, String(clock()), lifetimes.silentRetrySeconds);
}

function wasAskedLately({ jar, clock, lifetimes }: Site, { headers }: Request): boolean {
  const cookie = cookieReader(headers.get('cookie'))(jar.names.silent);
  if (cookie === undefined) return false;
  const age = clock() - Number(cookie);
  const isArrival = headers.get('sec-fetch-site') === 'cross-site';
  const enough = isArrival ? ARRIVAL_SECONDS : lifetimes.silentRetrySeconds;
  return !(age >= enough);
}

function isAuthPath({ basePath }: Site, path: string): boolean {
  const { pathname } = new URL(path, 'https://path.invalid');
  return Object.values(authPaths).some((known) => pathname === basePath + known);
}
