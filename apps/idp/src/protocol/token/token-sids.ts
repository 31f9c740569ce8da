import type { Client } from '../../clients/client.ts';
import { randomId } from '../../foundation/secrets.ts';
import type { Provider } from '../../provider.ts';
import type { Grant } from '../../store/index.ts';

/**
 * The client that reads an access token: who stands for its audience, so that its site's back-channel logout and the API
 * know one session by one name. A token for the provider itself is read by whom it was issued to.
 */
export function findReader(
  { issuer, clients }: Pick<Provider, 'issuer' | 'clients'>,
  client: Client,
  audience: string,
): Client | undefined {
  return audience === issuer ? client : clients.findClientOfAudience(audience);
}

/** What tokens that are issued now name the sign-on session by, each for its own reader. */
export interface TokenSids {
  readonly ofIdToken: string | undefined;
  /** Undefined where nobody stands for the audience. */
  readonly ofAccessToken: string | undefined;
}

const NO_SESSION: TokenSids = { ofIdToken: undefined, ofAccessToken: undefined };

/**
 * The `sid`s of the tokens to issue. B-08: each client has its own, which nobody else is told, so that whoever names it in
 * a `logout_hint` has proved who asks. Clients that the session had not reached are reached by that.
 *
 * @returns undefined where session or grant has ended. A grant that outlives its session (`offline_access`) then names none.
 */
export async function findTokenSids(
  provider: Provider,
  { grant, client, audience }: { readonly grant: Grant; readonly client: Client; readonly audience: string },
): Promise<TokenSids | undefined> {
  const { store, clock, observe } = provider;
  const { id: grantId, sessionId } = grant;
  const audienceClientId = findReader(provider, client, audience)?.clientId;
  const reach = { sessionId, grantId, clientId: client.clientId, audienceClientId };
  const reached = await store.reachClients(reach, randomId, clock());
  for (const { clientId, sid } of reached?.added ?? [])
    observe({ type: 'session.reached', sessionId, clientId, sid });
  if (reached) return { ofIdToken: reached.ofClient, ofAccessToken: reached.ofAudience };
  return grant.offline ? NO_SESSION : undefined;
}
