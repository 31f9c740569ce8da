import type { ProviderMetadata } from '../../provider/index.ts';
import type { Transaction } from '../../session/index.ts';
import { authPaths } from '../../wire/index.ts';
import type { Site } from '../site.ts';
import type { EndedSession } from './ended-session.ts';

/**
 * The address of a logout request at the provider (RP-Initiated Logout 1.0 §2); `undefined` where it has no such endpoint.
 * A session of this site may have been idle too long while the provider's lives on: without a session here the provider
 * asks the person.
 */
export function findEndSessionUrl(
  site: Site,
  { end_session_endpoint: endpoint }: ProviderMetadata,
  ended: Pick<EndedSession, 'sid' | 'idToken'> | undefined,
  { id }: Transaction,
): string | undefined {
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  const parameters = {
    client_id: site.names.clientId,
    post_logout_redirect_uri: site.baseUrl + authPaths.loggedOut,
    state: id,
    // The unguessable sid instead of id_token_hint: an ID token in an address would end up in logs and histories.
    ...(ended?.sid === undefined ? {} : { logout_hint: ended.sid }),
    ...(ended?.idToken === undefined ? {} : { id_token_hint: ended.idToken }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Where people land once they are signed out. */
export function signedOutUrl(site: Site): string {
  return site.baseUrl + (site.options.signedOutPath ?? '/');
}
