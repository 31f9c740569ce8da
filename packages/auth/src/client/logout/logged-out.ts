import { isNavigation } from '../http/navigation.ts';
import { noStoreResponse, seeOther, seeSitePage } from '../http/responses.ts';
import { findTransaction, removeTransactionCookie } from '../login/transaction-cookies.ts';
import { askedCookie } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { signedOutUrl } from './end-session-url.ts';
import { dropPostponedLogout } from './postponed-logout.ts';

/**
 * `GET /auth/logged-out`: back from the provider. A browser that started no sign-out here (`state`, RP-Initiated Logout
 * 1.0 §3) goes to the start page, so that no foreign link can claim that somebody was signed out.
 */
export async function handleLoggedOut(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return noStoreResponse(null, { status: 401 });
  const state = new URL(request.url).searchParams.get('state') ?? '';
  const transaction = await findTransaction(site, request, state);
  if (transaction?.kind !== 'logout') return seeOther(`${site.baseUrl}/`);
  const cookies = [
    ...removeTransactionCookie(site, state),
    ...dropPostponedLogout(site, request.headers.get('cookie')),
    askedCookie(site),
  ];
  const { returnTo } = transaction;
  return returnTo === undefined
    ? seeOther(signedOutUrl(site), cookies)
    : seeSitePage(site, returnTo, cookies);
}
