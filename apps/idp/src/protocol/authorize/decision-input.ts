import type { Client } from '../../clients/client.ts';
import { requestedScopes } from '../../consent/requested-scopes.ts';
import type { Provider } from '../../provider.ts';
import type { AuthorizationRequest, Consent, Interaction, SignOnSession } from '../../store/index.ts';

/** What is known when a request is decided. */
export interface DecisionInput {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  /** This browser's sign-on session. */
  readonly session: SignOnSession | undefined;
  /** What the client knows the session's person by. */
  readonly subject: string | undefined;
  /** Whether the session was opened, or renewed, while answering this very request. */
  readonly signedInForRequest: boolean;
  /** Whether the person chose, for this very request, to go on with this session. */
  readonly accountChosenForRequest: boolean;
  /** All that the client asks this person to allow. */
  readonly requestedScopes: readonly string[];
  /** What this person answered this client, now or earlier. */
  readonly consent: Consent | undefined;
  /** Whether they answered it for this very request. */
  readonly consentedForRequest: boolean;
  readonly now: number;
}

/** What the person has done since the interaction started; empty for a request that has just come. */
type Progress = Partial<Pick<Interaction, 'sessionId' | 'chosenSessionId' | 'consentedSub'>>;

/** Looks up what a request is decided by: the browser's session, and the person's consent. */
export async function gatherDecisionInput(
  provider: Provider,
  browserRequest: Request,
  { client, request }: Pick<DecisionInput, 'client' | 'request'>,
  { sessionId, chosenSessionId, consentedSub }: Progress = {},
): Promise<DecisionInput> {
  const session = await provider.signOn.find(provider.cookies.sso.read(browserRequest));
  const mayAsk = !client.firstParty || request.prompt.includes('consent');
  const consent =
    session && mayAsk ? await provider.store.findConsent(session.sub, client.clientId) : undefined;
  return {
    request,
    client,
    session,
    subject: session && provider.subjectFor(client, session.sub),
    signedInForRequest: session !== undefined && session.id === sessionId,
    accountChosenForRequest: session !== undefined && session.id === chosenSessionId,
    requestedScopes: requestedScopes(provider.access, client, request),
    consent,
    consentedForRequest: consent !== undefined && consent.sub === consentedSub,
    now: provider.clock(),
  };
}
