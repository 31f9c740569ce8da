import { MINUTE, safeReturnTo } from '../../foundation/index.ts';
import { type CookieChange, createTransaction } from '../../session/index.ts';
import { isDocumentNavigation, pathAndQuery } from '../http/navigation.ts';
import { seeOther } from '../http/responses.ts';
import { addTransactionCookie } from '../login/transaction-cookies.ts';
import type { Site } from '../site.ts';
import { findEndSessionUrl } from './end-session-url.ts';
import { findPostponedLogout, type PostponedLogout, postponedCookie } from './postponed-logout.ts';
import { providerAnswers } from './provider-answers.ts';
import { revokeSoon } from './revoke-later.ts';

/** A browser that did not come back from the provider is left alone for this long, … */
const RETRY_SECONDS = MINUTE;
/** … and for good after so many times: the provider answers, and shows it something else. */
const MAX_TRIES = 3;

/**
 * Takes up a sign-out that the provider could not be told of (B-22). As soon as it answers again, the first page that the
 * browser opens goes once through its end-session endpoint, with a hint that names the ended session: a sign-on session that
 * is newer has another name. `undefined` where the page is to be shown as ever (F-02).
 *
 * @param cookies to change along the way.
 */
export async function finishLogout(
  site: Site,
  request: Request,
  cookies: readonly CookieChange[],
): Promise<Response | undefined> {
  if (!isDocumentNavigation(request)) return undefined;
  const postponed = await findPostponedLogout(site, request.headers.get('cookie'));
  if (!postponed || !isDue(site, postponed) || !(await providerAnswers(site))) return undefined;
  const { metadata } = await site.provider.discover();
  const returnTo = safeReturnTo(pathAndQuery(request), site.baseUrl, `${site.basePath}/`);
  const transaction = createTransaction('logout', site.clock(), { returnTo });
  const url = findEndSessionUrl(site, metadata, postponed, transaction);
  if (url === undefined) return undefined;
  await revokeSoon(site, metadata, postponed);
  const tried = { ...postponed, askedAt: site.clock(), tries: postponed.tries + 1 };
  const added = await addTransactionCookie(site, request, transaction);
  return seeOther(url, [...cookies, await postponedCookie(site, tried), ...added]);
}

const isDue = ({ clock }: Site, { askedAt, tries }: PostponedLogout) =>
  tries < MAX_TRIES && Math.abs(clock() - askedAt) >= RETRY_SECONDS;
