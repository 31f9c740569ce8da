import type { Client } from '../../clients/registration.ts';
import { askedOf } from '../../consent/asked.ts';
import type { HeldOf } from '../../held-requests.ts';
import type { Provider } from '../../provider.ts';
import type { Situation } from './decision-steps.ts';

/** A request as it came, or as it is held with what has happened to it since. */
type Asked = Pick<HeldOf<'authorize'>, 'pending'> & Partial<HeldOf<'authorize'>>;

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
