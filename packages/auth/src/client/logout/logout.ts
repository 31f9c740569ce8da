import { authError, isAuthError } from '../../foundation/index.ts';
import type { ProviderMetadata } from '../../provider/index.ts';
import {
  type CookieChange,
  createTransaction,
  findSession,
  personOf,
  revokeSession,
  type Session,
} from '../../session/index.ts';
import { failureResponse } from '../http/failure-page.ts';
import { toFailure } from '../http/failure.ts';
import { seeOther } from '../http/responses.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import { addTransactionCookie } from '../login/transaction-cookies.ts';
import { signedOutCookie } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { findEndSessionUrl, signedOutUrl } from './end-session-url.ts';
import { type EndedSession, toEnded } from './ended-session.ts';
import { postponeLogout } from './postponed-logout.ts';
import { revokeLater, revokeSoon } from './revoke-later.ts';

/**
 * `POST /auth/logout`: ends the session here, then at the provider (RP-Initiated Logout 1.0 §2). While the provider is away
 * the browser keeps what is to be said to it.
 */
export async function handleLogout(site: Site, request: Request): Promise<Response> {
  if (!isSameOrigin(site, request)) return refuseForeignPage(site);
  const session = await findSession(site, request.headers.get('cookie'));
  const cookies = [...(await endSession(site, session)), signedOutCookie(site)];
  const ended = session && toEnded(session);
  const metadata = await findReachableProvider(site);
  if (!metadata)
    return seeOther(signedOutUrl(site), [...cookies, ...(ended ? await postpone(site, ended) : [])]);
  if (ended) await revokeSoon(site, metadata, ended);
  const transaction = createTransaction('logout', site.clock());
  const url = findEndSessionUrl(site, metadata, ended, transaction);
  if (url === undefined) return seeOther(signedOutUrl(site), cookies);
  return seeOther(url, [...cookies, ...(await addTransactionCookie(site, request, transaction))]);
}

function postpone(site: Site, ended: EndedSession): Promise<CookieChange[]> {
  revokeLater(site, ended);
  return postponeLogout(site, ended);
}

/** Cross-site request forgery: a foreign page must sign nobody out. */
function refuseForeignPage(site: Site): Response {
  const error = authError(
    'csrf',
    `a sign-out was not asked for by a page of ${site.baseUrl}: post a form of this site`,
  );
  return failureResponse(site, toFailure(site, error, `${site.basePath}/`));
}

async function endSession(site: Site, session: Session | undefined): Promise<CookieChange[]> {
  if (session) {
    await revokeSession(site, session, site.clock());
    site.observe({ type: 'logout.started', ...site.names, ...personOf(session) });
    site.observe({ type: 'session.ended', ...site.names, ...personOf(session), reason: 'sign-out' });
  }
  return [await site.keeper.remove(session), site.jar.remove(site.jar.names.fresh)];
}

/** `undefined` while the provider is down: the person is signed out here all the same. */
async function findReachableProvider(site: Site): Promise<ProviderMetadata | undefined> {
  try {
    return (await site.provider.requireReachable()).metadata;
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return undefined;
  }
}
