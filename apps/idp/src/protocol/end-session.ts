import type { Client } from '../clients/client.ts';
import { PageError } from '../http/page-error.ts';
import { type Params, paramsOf, readForm } from '../http/params.ts';
import { seeOther } from '../http/pages.ts';
import type { SignOutRequest } from '../store/requests.ts';
import type { Provider } from '../provider.ts';
import { endSession } from '../identity/sign-out.ts';
import { findIdTokenHint, type IdTokenHint } from './id-token-hint.ts';
import { paths } from './metadata.ts';

/** GET (RP-Initiated Logout 1.0 §2). */
export async function endSessionByGet(provider: Provider, request: Request): Promise<Response> {
  const pending = await requireSignOut(provider, paramsOf(new URL(request.url).searchParams));
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  if (!session || isProven(pending, session.sid)) return endSession(provider, session, pending.returnTo);
  // B-09: without proof that the asking site knows this session, an image tag could sign people out.
  const held = await provider.held.hold(pending, request);
  return seeOther(`${provider.issuer}/sign-out/${held.id}`, held.setCookies);
}

/** POST: a cross-site one carries no Lax cookie, so it is held and taken up again by a GET of our own. */
export async function endSessionByPost(provider: Provider, request: Request): Promise<Response> {
  const pending = await requireSignOut(provider, await readForm(request));
  return seeOther(`${provider.issuer}${paths.endSession}/${await provider.held.holdUnbound(pending)}`);
}

export async function resumeEndSession(provider: Provider, request: Request, id: string): Promise<Response> {
  const { pending, setCookies } = await provider.held.require(id, 'sign-out', request);
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  if (session && !isProven(pending, session.sid))
    return seeOther(`${provider.issuer}/sign-out/${id}`, setCookies);
  await provider.held.finish(id);
  return endSession(provider, session, pending.returnTo);
}

/** Whether whoever asks has shown to know this very session. */
function isProven({ hintedSids }: SignOutRequest, sid: string): boolean {
  return hintedSids.includes(sid);
}

/**
 * What is asked for, checked: nobody is sent to an address that the named client hasn't registered (L-03), and a
 * hint we can't believe counts as none (B-08).
 *
 * @throws PageError
 */
async function requireSignOut(provider: Provider, params: Params): Promise<SignOutRequest> {
  const [repeated] = params.repeated();
  if (repeated !== undefined) throw mistake(`The parameter ${repeated} was sent more than once.`);
  const named = requireKnownClient(provider, params);
  const hint = await findHint(provider, named, params.get('id_token_hint'));
  const client = named ?? (hint && provider.clients.find(hint.clientId));
  const hintedSids = [params.get('logout_hint'), hint?.sid].filter((sid) => sid !== undefined);
  return {
    kind: 'sign-out',
    clientId: client?.clientId,
    returnTo: requireReturnAddress(client, params),
    hintedSids,
  };
}

function requireKnownClient({ clients }: Provider, params: Params): Client | undefined {
  const clientId = params.get('client_id');
  if (clientId === undefined) return undefined;
  const client = clients.find(clientId);
  if (!client) throw mistake('No site is registered here under this client_id.');
  return client;
}

/**
 * A hint that is genuine and another client's was not this client's to send (RP-Initiated Logout 1.0 §2). Without
 * `client_id` the hint's own audience names the client.
 */
async function findHint(
  provider: Provider,
  named: Client | undefined,
  token: string | undefined,
): Promise<IdTokenHint | undefined> {
  const hint = token === undefined ? undefined : await findIdTokenHint(provider, token);
  if (hint && named && hint.clientId !== named.clientId)
    throw mistake('The ID token that came as a hint (id_token_hint) belongs to another site than client_id.');
  return hint;
}

function requireReturnAddress(client: Client | undefined, params: Params): string | undefined {
  const address = params.get('post_logout_redirect_uri');
  if (address === undefined) return undefined;
  if (!client) throw mistake('A return address needs a client_id or an ID token as hint.');
  if (!client.postLogoutRedirectUris.includes(address)) {
    throw mistake('The return address (post_logout_redirect_uri) is not one this site has registered.');
  }
  const state = params.get('state');
  if (state === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}

function mistake(reason: string): PageError {
  return new PageError({
    status: 400,
    code: 'sign_out_request',
    title: 'This sign-out can’t be done',
    reason,
    fix: 'Nothing was changed. To sign out, open your account page here and press “Sign out”.',
  });
}
