import type { Client } from '../../clients/registration.ts';
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
  { pending, sid }: Asked,
): Promise<Situation> {
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  const isFresh = session !== undefined && session.sid === sid;
  return { request: pending, client, session, isFresh, now: provider.clock() };
}
