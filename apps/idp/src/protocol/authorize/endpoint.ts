import { OAuthError } from '../../http/oauth-error.ts';
import { paramsOf, readForm } from '../../http/params.ts';
import { seeOther } from '../../http/pages.ts';
import type { RequestContext } from '../../http/routes.ts';
import type { Provider } from '../../provider.ts';
import type { Interaction } from '../../store/index.ts';
import { paths } from '../metadata.ts';
import { errorResponse } from './authorization-response.ts';
import type { DecisionInput } from './decision-input.ts';
import { findRequiredInteraction, type RequiredInteraction } from './decision-steps.ts';
import { type AuthorizationContext, grantAtOnce, grantInteraction, resumeGranted } from './answer.ts';
import { type Allowance, allowanceOf } from './grant.ts';
import { identifyRequest, identifyParsedRequest } from './identified-request.ts';
import { gatherDecisionInput } from './decision-input.ts';
import { mayAnswerUnseen, type Refusal, refusalPage } from './refusal-page.ts';

/** Where a person does what is needed. */
const PAGES: Readonly<Record<RequiredInteraction, string>> = {
  'sign-in': '/sign-in',
  'select-account': '/select-account',
  consent: '/consent',
};

/** GET: decides at once where it can; where the person has to do something first, an interaction starts. */
export async function authorize(
  context: AuthorizationContext,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const identified = await identifyRequest(context, paramsOf(new URL(request.url).searchParams));
  return sendErrorsToClient(context, { ...identified, isAnswered: false }, async () => {
    const parsed = await identified.parse();
    const { client } = identified;
    const input = await gatherDecisionInput(context, request, { client, request: parsed });
    const decision = decide(context, input);
    if (typeof decision !== 'string') return grantAtOnce(context, input, decision);
    const { id, setCookies } = await context.interactions.start(parsed, request, from);
    return seeOther(`${context.issuer}${PAGES[decision]}/${id}`, setCookies);
  });
}

/**
 * POST (OIDC Core §3.1.2.1): a cross-site POST carries no Lax cookie, so the session can't be seen. An interaction
 * starts, and a GET of our own, which carries the cookies, resumes it.
 */
export async function authorizeByPost(
  context: AuthorizationContext,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const identified = await identifyRequest(context, await readForm(request));
  return sendErrorsToClient(context, { ...identified, isAnswered: false }, async () => {
    const id = await context.interactions.startUnbound(await identified.parse(), from);
    return seeOther(`${context.issuer}${paths.authorize}/${id}`);
  });
}

/** GET of an interaction: after a page was answered, or after a POST. */
export async function resume(
  context: AuthorizationContext,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const interaction = await context.interactions.require('authorize', request, from);
  const { id } = interaction;
  const identified = identifyParsedRequest(context, interaction.request);
  const { client } = identified;
  const input = await gatherDecisionInput(
    context,
    request,
    { client, request: interaction.request },
    interaction,
  );
  if (interaction.granted) return resumeGranted(context, interaction, input);
  return sendErrorsToClient(context, { ...identified, isAnswered: isAnswered(interaction) }, async () => {
    const decision = await decideOrConsume(context, input, id);
    return typeof decision === 'string'
      ? seeOther(`${context.issuer}${PAGES[decision]}/${id}`, interaction.setCookies)
      : grantInteraction(context, interaction, client, decision);
  });
}

/** P-30: the person pressed "Cancel", so the client gets access_denied and nothing can be granted any more. */
export async function cancel(
  context: AuthorizationContext,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const { interactions } = context;
  const interaction = await interactions.require('authorize', request, from);
  const identified = identifyParsedRequest(context, interaction.request);
  if (!(await interactions.consume(interaction.id))) throw interactions.over(interaction.request);
  return sendErrorsToClient(context, { ...identified, isAnswered: true }, () =>
    Promise.reject(new OAuthError('access_denied', 'the person cancelled')),
  );
}

/** What the person still has to do, or what the request is granted. @throws OAuthError for the client */
function decide(context: Provider, input: DecisionInput): RequiredInteraction | Allowance {
  return findRequiredInteraction(input) ?? allowanceOf(context, input);
}

/** An interaction that ends in an error is over, as one that ends in a code. */
async function decideOrConsume(
  context: Provider,
  input: DecisionInput,
  id: string,
): Promise<RequiredInteraction | Allowance> {
  try {
    return decide(context, input);
  } catch (error) {
    await context.interactions.consume(id);
    throw error;
  }
}

/** Whether the person has done anything for this request; one that came by POST is resumed before they have. */
function isAnswered({
  sessionId,
  chosenSessionId,
  consentedSub,
}: Pick<Interaction, 'sessionId' | 'chosenSessionId' | 'consentedSub'>): boolean {
  return [sessionId, chosenSessionId, consentedSub].some((done) => done !== undefined);
}

/**
 * Client and redirect URI are certain from here on, so errors go to the client rather than to a page; those of a client
 * that registered itself only where a redirect can't be used against the person.
 */
async function sendErrorsToClient(
  context: AuthorizationContext,
  refused: Refusal,
  respond: () => Promise<Response>,
): Promise<Response> {
  try {
    return await respond();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    context.observe({ type: 'authorization.refused', clientId: refused.client.clientId, error: error.code });
    if (!mayAnswerUnseen(refused)) throw refusalPage(context.issuer, refused, error);
    return errorResponse(context, refused.target, error);
  }
}
