import type { Client } from '../../clients/registration.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { AuthorizationRequest } from '../../pending.ts';
import type { SignOnSession } from '../../store/index.ts';

/** What is known when a request is decided. */
export interface Situation {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  /** This browser's sign-on session. */
  readonly session: SignOnSession | undefined;
  /** Whether the session was opened, or renewed, while answering this very request. */
  readonly isFresh: boolean;
  readonly now: number;
}

/** What the person has to do before the request can be granted. */
export type Need = 'sign-in';

/** Looks at one thing; a need or an OAuthError ends the walk, undefined goes on. */
type DecisionStep = (situation: Situation) => Need | undefined;

/** In this order. The first need wins; a request that passes all is granted. */
const decisionSteps: readonly DecisionStep[] = [
  needSession,
  needFreshSignInWhenAsked,
  needRecentSignIn,
  needHintedPerson,
  requireEssentialAcr,
  requireFirstParty,
];

/**
 * Decides a request: what is still needed, or undefined when it can be granted.
 *
 * @throws OAuthError for the client, `login_required` among them when `prompt=none` forbids asking.
 */
export function decide(situation: Situation): Need | undefined {
  for (const step of decisionSteps) {
    const need = step(situation);
    if (need === undefined) continue;
    if (situation.request.prompt.includes('none'))
      throw new OAuthError('login_required', 'nobody is signed in as asked for');
    return need;
  }
  return undefined;
}

function needSession({ session }: Situation): Need | undefined {
  return session ? undefined : 'sign-in';
}

/** P-20: `prompt=login` and `select_account` ask again, whoever is there (OIDC Core §3.1.2.1). */
function needFreshSignInWhenAsked({ request, isFresh }: Situation): Need | undefined {
  const asked = request.prompt.includes('login') || request.prompt.includes('select_account');
  return asked && !isFresh ? 'sign-in' : undefined;
}

/** P-20: `max_age` (OIDC Core §3.1.2.1); a sign-in for this very request always satisfies it, 0 included. */
function needRecentSignIn({ request, session, isFresh, now }: Situation): Need | undefined {
  if (request.maxAgeSeconds === undefined || !session || isFresh) return undefined;
  return now - session.authTime > request.maxAgeSeconds ? 'sign-in' : undefined;
}

/** P-21: the hint names who is expected; anybody else must not be answered for them (OIDC Core §3.1.2.1). */
function needHintedPerson({ request, session, isFresh }: Situation): Need | undefined {
  if (request.hintedSub === undefined || session?.sub === request.hintedSub) return undefined;
  if (isFresh) throw new OAuthError('login_required', 'somebody else signed in than the id_token_hint names');
  return 'sign-in';
}

/** What a client calls essential and this sign-in is not, no other sign-in here would be (OIDC Core §5.5.1.1). */
function requireEssentialAcr({ request, session }: Situation): undefined {
  const { requiredAcr } = request;
  if (requiredAcr === undefined || (session && requiredAcr.includes(session.acr))) return undefined;
  throw new OAuthError('unmet_authentication_requirements', 'nobody can sign in with the essential acr here');
}

/** Nobody has been asked whether a foreign client may know who they are. */
function requireFirstParty({ client }: Situation): undefined {
  if (!client.firstParty)
    throw new OAuthError('consent_required', 'the client is not registered as first_party');
}
