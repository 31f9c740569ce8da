import { authError, isAuthError } from '../foundation/index.ts';
import { type CookieChange, createTransaction, type Session, type Transaction } from '../session/index.ts';
import { authPaths } from '../wire/index.ts';
import { answerFailure } from './failure-page.ts';
import { failureOf } from './failures.ts';
import { findSession, personOf, revokeSession } from './find-session.ts';
import { addPending } from './pending.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import { seeOther } from './responses.ts';
import { revokeRefreshToken } from './revoke-refresh-token.ts';
import { isSameOrigin } from './same-origin.ts';
import { leftMarker } from './silent-cookie.ts';
import { withinASecond } from './within-a-second.ts';
import type { Site } from './site.ts';

/** `POST /auth/logout`: ends the session here, then at the provider (RP-Initiated Logout 1.0 §2). */
export async function answerLogout(site: Site, request: Request): Promise<Response> {
  if (!isSameOrigin(site, request)) {
    const error = authError(
      'csrf',
      `a sign-out was not asked for by a page of ${site.baseUrl}: post a form of this site`,
    );
    return answerFailure(site, failureOf(site, error, `${site.basePath}/`));
  }
  const session = await findSession(site, request.headers.get('cookie'));
  const changes = [...(await endSession(site, session)), leftMarker(site)];
  const transaction = createTransaction('logout', site.clock());
  const metadata = await reachProvider(site);
  // A person who signs out does not wait longer for a provider that is slow (F-02).
  if (session && metadata) await withinASecond(revokeRefreshToken(site, metadata, session));
  const away = metadata && logoutUrl(site, metadata, session, transaction);
  if (away === undefined) return seeOther(signedOutUrl(site), changes);
  return seeOther(away, [...changes, ...(await addPending(site, request, transaction))]);
}

/** Where people land once they are signed out. */
export function signedOutUrl(site: Site): string {
  return site.baseUrl + (site.options.signedOutPath ?? '/');
}

async function endSession(site: Site, session: Session | undefined): Promise<CookieChange[]> {
  if (session) {
    await revokeSession(site, session, site.clock());
    site.observe({ type: 'logout.started', ...site.names, ...personOf(session) });
    site.observe({ type: 'session.ended', ...site.names, ...personOf(session), reason: 'sign-out' });
  }
  return [await site.keeper.forget(session), site.jar.remove(site.jar.names.fresh)];
}

/** `undefined` while the provider is away: signed out here all the same. */
async function reachProvider(site: Site): Promise<ProviderMetadata | undefined> {
  try {
    return (await site.provider.reach()).metadata;
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return undefined;
  }
}

/**
 * The provider's end-session address, or `undefined` where it has none. Without a session of this site, which may have
 * been idle too long, there is still one at the provider: it asks the person.
 */
function logoutUrl(
  site: Site,
  { end_session_endpoint: endpoint }: ProviderMetadata,
  session: Session | undefined,
  { id }: Transaction,
): string | undefined {
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  const parameters = {
    client_id: site.names.clientId,
    post_logout_redirect_uri: site.baseUrl + authPaths.loggedOut,
    state: id,
    // The unguessable sid stands in for id_token_hint: a whole ID token in an address ends up in logs and histories.
    ...(session?.claims.sid === undefined ? {} : { logout_hint: session.claims.sid }),
    ...(session?.idToken === undefined ? {} : { id_token_hint: session.idToken }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
