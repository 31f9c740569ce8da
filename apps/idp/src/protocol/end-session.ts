import type { Client } from '../clients/client.ts';
import { PageError } from '../http/page-error.ts';
import { type Params, paramsOf, readForm } from '../http/params.ts';
import { seeOther } from '../http/pages.ts';
import type { RequestContext } from '../http/routes.ts';
import type { LogoutRequest, SignOnSession } from '../store/index.ts';
import type { Provider } from '../provider.ts';
import { endSignOnSession } from '../identity/end-sign-on-session.ts';
import { findIdTokenHint, type IdTokenHint } from './id-token-hint.ts';
import { paths } from './metadata.ts';
import { requireBoundedParameters, requireStorable } from './request-bounds.ts';

/** GET (RP-Initiated Logout 1.0 §2). */
export async function endSessionByGet(
  provider: Provider,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const logout = await requireLogoutRequest(provider, paramsOf(new URL(request.url).searchParams));
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  if (!session || (await isHinted(provider, logout, session)))
    return endSignOnSession(provider, session, returnWithoutAsking(provider, logout, session));
  // B-09: the site has not proved that it knows this session, so a page asks first; else an image tag could sign
  // people out.
  const { id, setCookies } = await provider.interactions.start(logout, request, from);
  return seeOther(`${provider.issuer}/sign-out/${id}`, setCookies);
}

/** POST: a cross-site one carries no Lax cookie, so an interaction starts and a GET of our own resumes it. */
export async function endSessionByPost(
  provider: Provider,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const logout = await requireLogoutRequest(provider, await readForm(request));
  const id = await provider.interactions.startUnbound(logout, from);
  return seeOther(`${provider.issuer}${paths.endSession}/${id}`);
}

export async function resumeEndSession(
  provider: Provider,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const waiting = await provider.interactions.require('sign-out', request, from);
  const { id, request: logout, setCookies } = waiting;
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  if (session && !(await isHinted(provider, logout, session)))
    return seeOther(`${provider.issuer}/sign-out/${id}`, setCookies);
  await provider.interactions.consume(id);
  return endSignOnSession(provider, session, returnWithoutAsking(provider, logout, session));
}

/**
 * Nobody has pressed anything. Where the site hasn't shown either that it knows this person, an address that it
 * registered itself leads nowhere: a link to the provider must not end at a stranger's page (RFC 9700 §4.11.2).
 */
function returnWithoutAsking(
  { clients }: Provider,
  { clientId, returnTo }: LogoutRequest,
  session: SignOnSession | undefined,
): string | undefined {
  const client = clientId === undefined ? undefined : clients.find(clientId);
  return session === undefined && client?.dynamicallyRegistered ? undefined : returnTo;
}

/**
 * Whether the site has shown, by a hint, that it knows this very session: by the `sid` that it alone was told. B-08: what
 * another client knows the session by proves nothing of this one.
 */
async function isHinted(
  { store, clock }: Provider,
  { clientId, hintedSids }: LogoutRequest,
  session: SignOnSession,
): Promise<boolean> {
  if (clientId === undefined || hintedSids.length === 0) return false;
  const sid = await store.findClientSid(session.id, clientId, clock());
  return sid !== undefined && hintedSids.includes(sid);
}

/**
 * Checks the parameters. L-03: a browser is only sent to an address that the client has registered. B-08: a hint
 * that can't be verified is ignored.
 *
 * @throws PageError, and OAuthError where something is too long
 */
async function requireLogoutRequest(provider: Provider, params: Params): Promise<LogoutRequest> {
  requireBoundedParameters(params);
  const [repeated] = params.repeated();
  if (repeated !== undefined) throw logoutPageError(`The parameter ${repeated} was sent more than once.`);
  const named = requireKnownClient(provider, params);
  const hint = await findHint(provider, named, params.get('id_token_hint'));
  const client = named ?? (hint && provider.clients.find(hint.clientId));
  const hintedSids = [params.get('logout_hint'), hint?.sid].filter(isPossibleSid);
  return requireStorable({
    kind: 'sign-out',
    clientId: client?.clientId,
    returnTo: requirePostLogoutRedirect(client, params),
    hintedSids,
  });
}

/** B-08: what is longer than a `sid` can be is no hint, and is not kept. */
function isPossibleSid(sid: string | undefined): sid is string {
  return sid !== undefined && sid.length <= MAX_SID_LENGTH;
}

const MAX_SID_LENGTH = 255;

function requireKnownClient({ clients }: Provider, params: Params): Client | undefined {
  const clientId = params.get('client_id');
  if (clientId === undefined) return undefined;
  const client = clients.find(clientId);
  if (!client) throw logoutPageError('No site is registered here under this client_id.');
  return client;
}

/**
 * Refuses a genuine hint that was issued to another client than `client_id` names (RP-Initiated Logout 1.0 §2).
 * Without `client_id` the hint's own audience names the client.
 */
async function findHint(
  provider: Provider,
  named: Client | undefined,
  token: string | undefined,
): Promise<IdTokenHint | undefined> {
  const hint = token === undefined ? undefined : await findIdTokenHint(provider, token);
  if (hint && named && hint.clientId !== named.clientId)
    throw logoutPageError(
      'The ID token that came as a hint (id_token_hint) belongs to another site than client_id.',
    );
  return hint;
}

function requirePostLogoutRedirect(client: Client | undefined, params: Params): string | undefined {
  const address = params.get('post_logout_redirect_uri');
  if (address === undefined) return undefined;
  if (!client) throw logoutPageError('A return address needs a client_id or an ID token as hint.');
  if (!client.postLogoutRedirectUris.includes(address)) {
    throw logoutPageError(
      'The return address (post_logout_redirect_uri) is not one this site has registered.',
    );
  }
  const state = params.get('state');
  if (state === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}

function logoutPageError(reason: string): PageError {
  return new PageError({
    status: 400,
    code: 'sign_out_request',
    title: 'This sign-out can’t be done',
    reason,
    fix: 'Nothing was changed. To sign out, open your account page here and press “Sign out”.',
  });
}
