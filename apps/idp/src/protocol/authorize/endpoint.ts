import { OAuthError } from '../../http/oauth-error.ts';
import { paramsOf, readForm } from '../../http/params.ts';
import { seeOther } from '../../http/pages.ts';
import type { AuthorizationRequest } from '../../pending.ts';
import type { Provider } from '../../provider.ts';
import { paths } from '../metadata.ts';
import { codeResponse, errorResponse } from './answer.ts';
import { type Recipient, requireRecipient } from './client.ts';
import { decide, type Need, type Situation } from './decision-steps.ts';
import { openGrant } from './grant.ts';
import { requireRequest } from './request.ts';

const PAGES: Readonly<Record<Need, string>> = { 'sign-in': '/sign-in' };

/** GET: decides at once where it can, and holds the request where a person has to do something first. */
export async function authorize(provider: Provider, request: Request): Promise<Response> {
  const params = paramsOf(new URL(request.url).searchParams);
  const recipient = requireRecipient(params, provider.clients);
  return answering(provider, recipient, params.get('state'), async () => {
    const pending = await requireRequest(provider, recipient, params);
    const situation = await situationOf(provider, request, recipient, pending, undefined);
    const need = decide(situation);
    if (need === undefined) return grant(provider, situation, []);
    const held = await provider.held.hold(pending, request);
    return seeOther(`${provider.issuer}${PAGES[need]}/${held.id}`, held.setCookies);
  });
}

/**
 * POST (OIDC Core §3.1.2.1): a cross-site POST carries no Lax cookie, so whoever is signed in can't be seen. The
 * request is held and taken up again by a GET of our own, which carries them.
 */
export async function authorizeByPost(provider: Provider, request: Request): Promise<Response> {
  const params = await readForm(request);
  const recipient = requireRecipient(params, provider.clients);
  return answering(provider, recipient, params.get('state'), async () => {
    const pending = await requireRequest(provider, recipient, params);
    return seeOther(`${provider.issuer}${paths.authorize}/${await provider.held.holdUnbound(pending)}`);
  });
}

/** GET of a held request: after a sign-in, or after a POST. */
export async function resume(provider: Provider, request: Request, id: string): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const recipient = requireHeldRecipient(provider, held.pending);
  return answering(provider, recipient, held.pending.state, async () => {
    const situation = await situationOf(provider, request, recipient, held.pending, held.sid);
    const need = await decideOrFinish(provider, situation, id);
    if (need !== undefined) return seeOther(`${provider.issuer}${PAGES[need]}/${id}`, held.setCookies);
    if (!(await provider.held.finish(id)))
      throw new OAuthError('access_denied', 'the request was answered already');
    return grant(provider, situation, held.setCookies);
  });
}

/** P-30: the person pressed "Cancel". */
export async function cancel(provider: Provider, request: Request, id: string): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const recipient = requireHeldRecipient(provider, held.pending);
  await provider.held.finish(id);
  return answering(provider, recipient, held.pending.state, () =>
    Promise.reject(new OAuthError('access_denied', 'the person cancelled')),
  );
}

async function decideOrFinish(
  provider: Provider,
  situation: Situation,
  id: string,
): Promise<Need | undefined> {
  try {
    return decide(situation);
  } catch (error) {
    await provider.held.finish(id);
    throw error;
  }
}

async function grant(
  provider: Provider,
  { request, session }: Situation,
  cookies: readonly string[],
): Promise<Response> {
  if (!session) throw new OAuthError('server_error', 'a request without a session was granted');
  return codeResponse(provider, request, await openGrant(provider, request, session), cookies);
}

/** From here on the recipient is certain, so that what goes wrong is the client's to know. */
async function answering(
  provider: Provider,
  { client, redirectUri }: Recipient,
  state: string | undefined,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    provider.observe({ type: 'authorization.refused', clientId: client.clientId, error: error.code });
    return errorResponse(provider, { redirectUri, state }, error);
  }
}

async function situationOf(
  provider: Provider,
  request: Request,
  { client }: Recipient,
  pending: AuthorizationRequest,
  freshSid: string | undefined,
): Promise<Situation> {
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  const isFresh = session !== undefined && session.sid === freshSid;
  return { request: pending, client, session, isFresh, now: provider.clock() };
}

/** The registration may have changed while the request was held: it is checked again. */
function requireHeldRecipient(provider: Provider, pending: AuthorizationRequest): Recipient {
  const { clientId: client_id, redirectUri: redirect_uri } = pending;
  return requireRecipient(paramsOf(new URLSearchParams({ client_id, redirect_uri })), provider.clients);
}
