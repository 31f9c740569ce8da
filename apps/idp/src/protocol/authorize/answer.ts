import { OAuthError } from '../../http/oauth-error.ts';
import { randomId } from '../../foundation/secrets.ts';
import { seeOther } from '../../http/pages.ts';
import type { Client } from '../../clients/client.ts';
import { findSiteAddress } from '../../clients/site-address.ts';
import type { Provider } from '../../provider.ts';
import type { AuthorizationRequest, IssuedCode } from '../../store/index.ts';
import { codeResponse, type ResponseSender } from './authorization-response.ts';
import type { DecisionInput } from './decision-input.ts';
import { findRequiredInteraction } from './decision-steps.ts';
import { type Allowance, allowanceOf, openGrant } from './grant.ts';

/** The provider, and how it sends answers. */
export type AuthorizationContext = Provider & ResponseSender;

/** An authorization request that waited for a person. */
interface WaitingRequest {
  readonly id: string;
  readonly request: AuthorizationRequest;
  readonly setCookies: readonly string[];
  /** What an earlier answer gave. */
  readonly granted: IssuedCode | undefined;
}

/** A request that nobody had to be asked about. */
export async function grantAtOnce(
  context: AuthorizationContext,
  { request }: DecisionInput,
  allowance: Allowance,
): Promise<Response> {
  const code = await openGrant(context, allowance, randomId());
  if (code === undefined) throw new OAuthError('login_required', 'the session or the consent has just ended');
  return codeResponse(context, request, code, []);
}

/**
 * A request that waited for a person. Each answer of the same browser, person and session within the life of a code gets
 * a fresh one, and the one before it is void: a button that was pressed twice has two answers, of which the browser
 * follows the last. Once a code was redeemed no other follows. Two statements decide, each of them conditional; after a
 * crash between them the next answer begins with the first again.
 */
export async function grantInteraction(
  context: AuthorizationContext,
  { id, request, setCookies }: WaitingRequest,
  client: Client,
  allowance: Allowance,
): Promise<Response> {
  const grantId = await context.interactions.grant(id);
  if (grantId === undefined) throw context.interactions.over(request);
  const code = await openGrant(context, allowance, grantId);
  if (code === undefined) return leadOn(context, client, request);
  return codeResponse(context, request, code, setCookies);
}

/** The same answer once more. An answer that differs changes nothing of what was granted, and the client hears of neither. */
export async function resumeGranted(
  context: AuthorizationContext,
  interaction: WaitingRequest,
  input: DecisionInput,
): Promise<Response> {
  const { granted, request } = interaction;
  const { session, client } = input;
  if (session?.id !== granted?.sessionId || session?.sub !== granted?.sub)
    throw context.interactions.over(request);
  if (granted?.isRedeemed) return leadOn(context, client, request);
  const allowance = findAllowance(context, input);
  if (!allowance) throw context.interactions.over(request);
  return grantInteraction(context, interaction, client, allowance);
}

/** Undefined where the person would have to be asked again, or the client would get an error. */
function findAllowance(context: AuthorizationContext, input: DecisionInput): Allowance | undefined {
  try {
    return findRequiredInteraction(input) === undefined ? allowanceOf(context, input) : undefined;
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}

/**
 * The code was redeemed, so the site may have signed the person in, or the browser lost the site's answer on the way. A
 * site where others can begin a login (OIDC Core §4) begins one, which the sign-on session answers without a page.
 */
function leadOn(
  { interactions, issuer }: AuthorizationContext,
  client: Client,
  request: AuthorizationRequest,
): Response {
  const address = client.initiateLoginUri && findSiteAddress(client, issuer);
  if (!address) throw interactions.over(request);
  return seeOther(address);
}
