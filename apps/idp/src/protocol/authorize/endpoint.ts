import { OAuthError } from '../../http/oauth-error.ts';
import { paramsOf, readForm } from '../../http/params.ts';
import { seeOther } from '../../http/pages.ts';
import type { Provider } from '../../provider.ts';
import { paths } from '../metadata.ts';
import { codeResponse, errorResponse, type ResponseSender } from './authorization-response.ts';
import type { DecisionInput } from './decision-input.ts';
import { findRequiredInteraction, type RequiredInteraction } from './decision-steps.ts';
import { openGrant } from './grant.ts';
import { type IdentifiedRequest, identifyRequest, identifyParsedRequest } from './identified-request.ts';
import { gatherDecisionInput } from './decision-input.ts';

/** The provider, and how it sends answers. */
export type AuthorizationContext = Provider & ResponseSender;

/** Where a person does what is needed. */
const PAGES: Readonly<Record<RequiredInteraction, string>> = {
  'sign-in': '/sign-in',
  'select-account': '/select-account',
  consent: '/consent',
};

/** GET: decides at once where it can; where the person has to do something first, an interaction starts. */
export async function authorize(context: AuthorizationContext, request: Request): Promise<Response> {
  const identified = await identifyRequest(context, paramsOf(new URL(request.url).searchParams));
  return sendErrorsToClient(context, identified, async () => {
    const parsed = await identified.parse();
    const { client } = identified;
    const input = await gatherDecisionInput(context, request, { client, request: parsed });
    const required = findRequiredInteraction(input);
    if (required === undefined) return respondWithCode(context, input, []);
    const { id, setCookies } = await context.interactions.start(parsed, request);
    return seeOther(`${context.issuer}${PAGES[required]}/${id}`, setCookies);
  });
}

/**
 * POST (OIDC Core §3.1.2.1): a cross-site POST carries no Lax cookie, so the session can't be seen. An interaction
 * starts, and a GET of our own, which carries the cookies, resumes it.
 */
export async function authorizeByPost(context: AuthorizationContext, request: Request): Promise<Response> {
  const identified = await identifyRequest(context, await readForm(request));
  return sendErrorsToClient(context, identified, async () => {
    const id = await context.interactions.startUnbound(await identified.parse());
    return seeOther(`${context.issuer}${paths.authorize}/${id}`);
  });
}

/** GET of an interaction: after a page was answered, or after a POST. */
export async function resume(context: AuthorizationContext, request: Request, id: string): Promise<Response> {
  const interaction = await context.interactions.require(id, 'authorize', request);
  const { request: parsed, setCookies } = interaction;
  const identified = identifyParsedRequest(context, parsed);
  return sendErrorsToClient(context, identified, async () => {
    const { client } = identified;
    const input = await gatherDecisionInput(context, request, { client, request: parsed }, interaction);
    const required = await decideOrConsume(context, input, id);
    if (required !== undefined) return seeOther(`${context.issuer}${PAGES[required]}/${id}`, setCookies);
    if (!(await context.interactions.consume(id)))
      throw new OAuthError('access_denied', 'the request was answered already');
    return respondWithCode(context, input, setCookies);
  });
}

/** P-30: the person pressed "Cancel", so the client gets access_denied and nothing can be granted any more. */
export async function cancel(context: AuthorizationContext, request: Request, id: string): Promise<Response> {
  const interaction = await context.interactions.require(id, 'authorize', request);
  const identified = identifyParsedRequest(context, interaction.request);
  await context.interactions.consume(id);
  return sendErrorsToClient(context, identified, () =>
    Promise.reject(new OAuthError('access_denied', 'the person cancelled')),
  );
}

/** An interaction that ends in an error is over, as one that ends in a code. */
async function decideOrConsume(
  { interactions }: Provider,
  input: DecisionInput,
  id: string,
): Promise<RequiredInteraction | undefined> {
  try {
    return findRequiredInteraction(input);
  } catch (error) {
    await interactions.consume(id);
    throw error;
  }
}

async function respondWithCode(
  context: AuthorizationContext,
  input: DecisionInput,
  cookies: readonly string[],
): Promise<Response> {
  return codeResponse(context, input.request, await openGrant(context, input), cookies);
}

/** Client and redirect URI are certain from here on, so errors go to the client rather than to a page. */
async function sendErrorsToClient(
  context: AuthorizationContext,
  { client, target }: IdentifiedRequest,
  respond: () => Promise<Response>,
): Promise<Response> {
  try {
    return await respond();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    context.observe({ type: 'authorization.refused', clientId: client.clientId, error: error.code });
    return errorResponse(context, target, error);
  }
}
