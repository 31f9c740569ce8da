import type { IssuerState } from './issuer-state.ts';
import { requireClient, toOAuthResponse } from './oauth-responses.ts';
import { findOwnToken } from './token-exchange.ts';

/** What the ID token says of the person, for an access token of this issuer's own audience (OIDC Core §5.3). */
export async function answerUserinfo(state: IssuerState, headers: Headers): Promise<Response> {
  const token = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return challenge('Bearer realm="test issuer"');
  const claims = await findOwnToken(state, token);
  const signOn = state.signOns.get(claims?.sid ?? '');
  if (claims?.aud !== state.issuer || !signOn || signOn.ended)
    return challenge('Bearer realm="test issuer", error="invalid_token"');
  if (claims.scope?.split(' ').includes('openid') !== true)
    return challenge('Bearer realm="test issuer", error="insufficient_scope", scope="openid"', 403);
  const { sub, claims: told } = signOn.person;
  return Response.json({ ...told, sub });
}

const challenge = (text: string, status = 401) =>
  new Response(null, { status, headers: { 'www-authenticate': text } });

/** Ends a refresh token and its family; any other token gets the same answer (RFC 7009 §2.2). */
export function answerRevocation(
  state: IssuerState,
  form: URLSearchParams,
  headers: Headers,
): Promise<Response> {
  return toOAuthResponse(async () => {
    const client = requireClient(state, form, headers);
    const grant = state.grants.get(form.get('token') ?? '');
    if (grant?.clientId === client.clientId) grant.family.ended = true;
    return {};
  });
}

/**
 * Plays the browser at the end-session endpoint (RP-Initiated Logout 1.0 §2).
 *
 * @returns where it goes next; `undefined` where the provider shows a page of its own.
 */
export function endSession(state: IssuerState, request: string | URL): URL | undefined {
  const { searchParams } = new URL(request);
  const signOn = state.signOns.get(searchParams.get('logout_hint') ?? '');
  if (signOn) signOn.ended = true;
  const way = searchParams.get('post_logout_redirect_uri');
  const client = state.clients.get(searchParams.get('client_id') ?? '');
  const allowed = client?.postLogoutRedirectUris;
  if (way === null || !client || allowed?.includes(way) === false) return undefined;
  const url = new URL(way);
  const parameters = searchParams.get('state');
  if (parameters !== null) url.searchParams.set('state', parameters);
  return url;
}
