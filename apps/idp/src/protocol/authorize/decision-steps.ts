import { isAnsweredFor } from '../../consent/consent-answer.ts';
import { OAuthError, type OAuthErrorCode } from '../../http/oauth-error.ts';
import type { DecisionInput } from './decision-input.ts';

/** What the person has to do before the request can be granted. */
export type RequiredInteraction = 'sign-in' | 'select-account' | 'consent';

/** The error when `prompt=none` forbids asking the person (OIDC Core §3.1.2.6). */
const PROMPT_NONE_ERRORS: Readonly<Record<RequiredInteraction, readonly [OAuthErrorCode, string]>> = {
  'sign-in': ['login_required', 'nobody is signed in as asked for'],
  'select-account': ['account_selection_required', 'the person has to choose an account'],
  consent: ['consent_required', 'the person has not been asked for all of this yet'],
};

/** Checks one thing: what the person has to do, or undefined to go on to the next step. */
type DecisionStep = (input: DecisionInput) => RequiredInteraction | undefined;

/** In this order. The first step that needs something decides; a request that passes all is granted. */
const decisionSteps: readonly DecisionStep[] = [
  needSession,
  needFreshSignInWhenAsked,
  needChosenPerson,
  needRecentSignIn,
  needExpectedPerson,
  requireEssentialAcr,
  needConsent,
];

/**
 * Decides a request: what the person still has to do, or undefined when it can be granted.
 *
 * @throws OAuthError for the client, also in place of any interaction that `prompt=none` forbids.
 */
export function findRequiredInteraction(input: DecisionInput): RequiredInteraction | undefined {
  for (const step of decisionSteps) {
    const need = step(input);
    if (need === undefined) continue;
    if (input.request.prompt.includes('none')) throw new OAuthError(...PROMPT_NONE_ERRORS[need]);
    return need;
  }
  return undefined;
}

function needSession({ session }: DecisionInput): RequiredInteraction | undefined {
  return session ? undefined : 'sign-in';
}

/** P-20: `prompt=login` asks for the passphrase again, whoever is signed in (OIDC Core §3.1.2.1). */
function needFreshSignInWhenAsked({
  request,
  signedInForRequest,
}: DecisionInput): RequiredInteraction | undefined {
  return request.prompt.includes('login') && !signedInForRequest ? 'sign-in' : undefined;
}

/** `prompt=select_account`; a person who has just signed in has chosen an account by that. */
function needChosenPerson({
  request,
  signedInForRequest,
  accountChosenForRequest,
}: DecisionInput): RequiredInteraction | undefined {
  return request.prompt.includes('select_account') && !signedInForRequest && !accountChosenForRequest
    ? 'select-account'
    : undefined;
}

/**
 * P-20: `max_age` (OIDC Core §3.1.2.1). 0 is the same as `prompt=login`, so a sign-in within this very second is asked
 * again too. A sign-in for this very request always satisfies it, or 0 would ask for ever.
 */
function needRecentSignIn({
  request,
  session,
  signedInForRequest,
  now,
}: DecisionInput): RequiredInteraction | undefined {
  const { maxAgeSeconds } = request;
  if (maxAgeSeconds === undefined || !session || signedInForRequest) return undefined;
  return maxAgeSeconds === 0 || now - session.authTime > maxAgeSeconds ? 'sign-in' : undefined;
}

/** P-21: where a hint or claim names a person, the response must not be about anybody else (OIDC Core §3.1.2.1, §5.5.1). */
function needExpectedPerson({
  request,
  subject,
  signedInForRequest,
}: DecisionInput): RequiredInteraction | undefined {
  const { expectedSubs } = request;
  if (expectedSubs === undefined || (subject !== undefined && expectedSubs.includes(subject)))
    return undefined;
  if (signedInForRequest)
    throw new OAuthError('login_required', 'somebody else signed in than the request names');
  return 'sign-in';
}

/**
 * Every sign-in here has the same `acr`. A client that names another one as essential gets an error at once, since
 * signing in again could not satisfy it (OIDC Core §5.5.1.1).
 */
function requireEssentialAcr({ request, session }: DecisionInput): undefined {
  const { requiredAcr } = request;
  if (requiredAcr === undefined || (session && requiredAcr.includes(session.acr))) return undefined;
  throw new OAuthError('unmet_authentication_requirements', 'nobody can sign in with the essential acr here');
}

/**
 * A third-party client gets only what the person allowed. A first-party client needs no consent unless it sends
 * `prompt=consent`, which always asks (OIDC Core §3.1.2.1). A request for more than was answered asks again.
 */
function needConsent({
  request,
  client,
  requestedScopes,
  consent,
  consentedForRequest,
}: DecisionInput): RequiredInteraction | undefined {
  if (consentedForRequest) return undefined;
  if (request.prompt.includes('consent')) return 'consent';
  return client.firstParty || isAnsweredFor(client, consent, requestedScopes) ? undefined : 'consent';
}
