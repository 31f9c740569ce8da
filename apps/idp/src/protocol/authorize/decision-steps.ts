import type { Client } from '../../clients/client.ts';
import { isAnswered } from '../../consent/consent-answer.ts';
import { OAuthError, type OAuthErrorCode } from '../../http/oauth-error.ts';
import type { AuthorizationRequest } from '../../store/requests.ts';
import type { Consent, SignOnSession } from '../../store/index.ts';

/** What is known when a request is decided. */
export interface Situation {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  /** This browser's sign-on session. */
  readonly session: SignOnSession | undefined;
  /** Whether the session was opened, or renewed, while answering this very request. */
  readonly isFresh: boolean;
  /** Whether the person chose, for this very request, to go on with this session. */
  readonly isChosen: boolean;
  /** All that the client asks this person to allow. */
  readonly asked: readonly string[];
  /** What this person answered this client, now or earlier. */
  readonly consent: Consent | undefined;
  /** Whether they answered it for this very request. */
  readonly isConsentFresh: boolean;
  readonly now: number;
}

/** What the person has to do before the request can be granted. */
export type Need = 'sign-in' | 'select-account' | 'consent';

/** What a client hears whose `prompt=none` forbids asking for it (OIDC Core §3.1.2.6). */
const UNASKED: Readonly<Record<Need, readonly [OAuthErrorCode, string]>> = {
  'sign-in': ['login_required', 'nobody is signed in as asked for'],
  'select-account': ['account_selection_required', 'the person has to choose an account'],
  consent: ['consent_required', 'the person has not been asked for all of this yet'],
};

/** Looks at one thing; a need or an OAuthError ends the walk, undefined goes on. */
type DecisionStep = (situation: Situation) => Need | undefined;

/** In this order. The first need wins; a request that passes all is granted. */
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
 * Decides a request: what is still needed, or undefined when it can be granted.
 *
 * @throws OAuthError for the client, among them the need's own when `prompt=none` forbids asking.
 */
export function decide(situation: Situation): Need | undefined {
  for (const step of decisionSteps) {
    const need = step(situation);
    if (need === undefined) continue;
    if (situation.request.prompt.includes('none')) throw new OAuthError(...UNASKED[need]);
    return need;
  }
  return undefined;
}

function needSession({ session }: Situation): Need | undefined {
  return session ? undefined : 'sign-in';
}

/** P-20: `prompt=login` asks again, whoever is there (OIDC Core §3.1.2.1). */
function needFreshSignInWhenAsked({ request, isFresh }: Situation): Need | undefined {
  return request.prompt.includes('login') && !isFresh ? 'sign-in' : undefined;
}

/** Whoever has just signed in has chosen. */
function needChosenPerson({ request, isFresh, isChosen }: Situation): Need | undefined {
  return request.prompt.includes('select_account') && !isFresh && !isChosen ? 'select-account' : undefined;
}

/** P-20: `max_age` (OIDC Core §3.1.2.1); a sign-in for this very request always satisfies it, 0 included. */
function needRecentSignIn({ request, session, isFresh, now }: Situation): Need | undefined {
  if (request.maxAgeSeconds === undefined || !session || isFresh) return undefined;
  return now - session.authTime > request.maxAgeSeconds ? 'sign-in' : undefined;
}

/** P-21: a hint or claim names who is expected; nobody must be answered for them (OIDC Core §3.1.2.1, §5.5.1). */
function needExpectedPerson({ request, session, isFresh }: Situation): Need | undefined {
  const { expectedSubs } = request;
  if (expectedSubs === undefined || (session && expectedSubs.includes(session.sub))) return undefined;
  if (isFresh) throw new OAuthError('login_required', 'somebody else signed in than the request names');
  return 'sign-in';
}

/** What a client calls essential and this sign-in is not, no other sign-in here would be (OIDC Core §5.5.1.1). */
function requireEssentialAcr({ request, session }: Situation): undefined {
  const { requiredAcr } = request;
  if (requiredAcr === undefined || (session && requiredAcr.includes(session.acr))) return undefined;
  throw new OAuthError('unmet_authentication_requirements', 'nobody can sign in with the essential acr here');
}

/**
 * A site of strangers may know and do only what the person allowed; our own are asked about where they wish it
 * themselves. `prompt=consent` asks always (OIDC Core §3.1.2.1), and a wider request asks again.
 */
function needConsent({ request, client, asked, consent, isConsentFresh }: Situation): Need | undefined {
  if (isConsentFresh) return undefined;
  if (request.prompt.includes('consent')) return 'consent';
  return client.firstParty || isAnswered(consent, asked) ? undefined : 'consent';
}
