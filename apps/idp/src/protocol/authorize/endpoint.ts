import { OAuthError } from '../../http/oauth-error.ts';
import { paramsOf, readForm } from '../../http/params.ts';
import { seeOther } from '../../http/pages.ts';
import type { Provider } from '../../provider.ts';
import { paths } from '../metadata.ts';
import { codeResponse, errorResponse, type Sender } from './authorization-response.ts';
import { decide, type Need, type Situation } from './decision-steps.ts';
import { openGrant } from './grant.ts';
import { type Opened, openRequest, reopen } from './identified-request.ts';
import { situationOf } from './decision-input.ts';

/** The provider, and how it sends answers. */
export type Authorizer = Provider & Sender;

/** Where a person does what is needed. */
const PAGES: Readonly<Record<Need, string>> = {
  'sign-in': '/sign-in',
  'select-account': '/select-account',
  consent: '/consent',
};

/** GET: decides at once where it can, and holds the request where a person has to do something first. */
export async function authorize(provider: Authorizer, request: Request): Promise<Response> {
  const opened = await openRequest(provider, paramsOf(new URL(request.url).searchParams));
  return answering(provider, opened, async () => {
    const pending = await opened.parse();
    const situation = await situationOf(provider, request, opened.client, { pending });
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
export async function authorizeByPost(provider: Authorizer, request: Request): Promise<Response> {
  const opened = await openRequest(provider, await readForm(request));
  return answering(provider, opened, async () => {
    const id = await provider.held.holdUnbound(await opened.parse());
    return seeOther(`${provider.issuer}${paths.authorize}/${id}`);
  });
}

/** GET of a held request: after a page was answered, or after a POST. */
export async function resume(provider: Authorizer, request: Request, id: string): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const opened = reopen(provider, held.pending);
  return answering(provider, opened, async () => {
    const situation = await situationOf(provider, request, opened.client, held);
    const need = await decideOrFinish(provider, situation, id);
    if (need !== undefined) return seeOther(`${provider.issuer}${PAGES[need]}/${id}`, held.setCookies);
    if (!(await provider.held.finish(id)))
      throw new OAuthError('access_denied', 'the request was answered already');
    return grant(provider, situation, held.setCookies);
  });
}

/** P-30: the person pressed "Cancel". */
export async function cancel(provider: Authorizer, request: Request, id: string): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const opened = reopen(provider, held.pending);
  await provider.held.finish(id);
  return answering(provider, opened, () =>
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
  provider: Authorizer,
  situation: Situation,
  cookies: readonly string[],
): Promise<Response> {
  return codeResponse(provider, situation.request, await openGrant(provider, situation), cookies);
}

/** From here on the recipient is certain, so that what goes wrong is the client's to know. */
async function answering(
  provider: Authorizer,
  { client, to }: Opened,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    provider.observe({ type: 'authorization.refused', clientId: client.clientId, error: error.code });
    return errorResponse(provider, to, error);
  }
}
