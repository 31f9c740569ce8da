import type { Client } from '../../clients/client.ts';
import { randomId } from '../../foundation/secrets.ts';
import type { Provider } from '../../provider.ts';
import type { ActiveGrant } from '../../store/index.ts';
import { findReader } from './token-reader.ts';

/** What the reader of a token knows person and session by. */
export interface ReaderNames {
  readonly sub: string;
  /** Missing where nobody stands for the audience, and where the session has ended. */
  readonly sid?: string | undefined;
}

export interface TokenNames {
  /** Whether a client was reached that had not been told of changes before. */
  readonly isNewReach: boolean;
  readonly idToken: ReaderNames;
  readonly accessToken: ReaderNames;
}

interface IssuedFor extends Pick<ActiveGrant, 'grant' | 'person'> {
  readonly client: Client;
  readonly audience: string;
}

/**
 * The names of the tokens to issue. B-08: each client has a `sid` of its own, which nobody else is told, so that whoever
 * names it in a `logout_hint` has proved who asks. Clients that the session had not reached are reached by that.
 *
 * @returns undefined where session or grant has ended. A grant that outlives its session (`offline_access`) then names none.
 */
export async function findTokenNames(
  provider: Provider,
  { grant, person, client, audience }: IssuedFor,
): Promise<TokenNames | undefined> {
  const { store, clock, observe, subjectFor } = provider;
  const { id: grantId, sessionId } = grant;
  const reader = findReader(provider, client, audience);
  const reach = { sessionId, grantId, clientId: client.clientId, audienceClientId: reader?.clientId };
  const reached = await store.reachClients(reach, randomId, clock());
  if (!reached && !grant.offline) return undefined;
  for (const { clientId, sid } of reached?.added ?? [])
    observe({ type: 'session.reached', sessionId, clientId, sid });
  return {
    isNewReach: (reached?.added ?? []).length > 0,
    idToken: { sub: subjectFor(client, person.sub), sid: reached?.ofClient },
    accessToken: { sub: subjectFor(reader, person.sub), sid: reached?.ofAudience },
  };
}
