import type { IssuerState } from './issuer-state.ts';

/**
 * Plays the browser at the end-session endpoint (RP-Initiated Logout 1.0 §2).
 *
 * @returns where the browser goes next; `undefined` where the provider shows a page of its own.
 */
export function endSession(state: IssuerState, request: string | URL): URL | undefined {
  const { searchParams } = new URL(request);
  const hinted = state.sids.get(searchParams.get('logout_hint') ?? '');
  // B-08: what another client knows the session by proves nothing.
  if (hinted && hinted.clientId === searchParams.get('client_id')) hinted.signOn.ended = true;
  const returnTo = searchParams.get('post_logout_redirect_uri');
  const client = state.clients.get(searchParams.get('client_id') ?? '');
  const allowed = client?.postLogoutRedirectUris;
  if (returnTo === null || !client || allowed?.includes(returnTo) === false) return undefined;
  const url = new URL(returnTo);
  const clientState = searchParams.get('state');
  if (clientState !== null) url.searchParams.set('state', clientState);
  return url;
}
