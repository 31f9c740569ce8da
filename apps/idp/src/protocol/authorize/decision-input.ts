import type { Client } from '../../clients/client.ts';
import { askedOf } from '../../consent/requested-scopes.ts';
import type { Provider } from '../../provider.ts';
import type { AuthorizationRequest } from '../../store/requests.ts';
import type { Interaction } from '../../store/index.ts';
import type { Situation } from './decision-steps.ts';

/** A request as it came, or as it is held with what has happened to it since. */
type Asked = { readonly pending: AuthorizationRequest } & Partial<
  Pick<Interaction, 'sid' | 'chosenSid' | 'consentedSub'>
>;

/** Gathers what a decision is made by. */
export async function situationOf(
  provider: Provider,
  request: Request,
  client: Client,
  { pending, sid, chosenSid, consentedSub }: Asked,
): Promise<Situation> {
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  const mayAsk = !client.firstParty || pending.prompt.includes('consent');
  const consent =
    session && mayAsk ? await provider.store.findConsent(session.sub, client.clientId) : undefined;
  return {
    request: pending,
    client,
    session,
    isFresh: session !== undefined && session.sid === sid,
    isChosen: session !== undefined && session.sid === chosenSid,
    asked: askedOf(provider.access, client, pending),
    consent,
    isConsentFresh: consent !== undefined && consent.sub === consentedSub,
    now: provider.clock(),
  };
}
