import type { ActorClaim } from '@sso/auth/tokens';
import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';
import type { Grant } from '../../store/index.ts';

/** Through whom a token came to be: whose login it was, who acts for the person, and who holds it. */
interface Chain {
  readonly grant: Pick<Grant, 'clientId'>;
  readonly act?: ActorClaim | undefined;
  readonly client: Client;
}

/**
 * The clients of a chain, the one of the login first, as they are registered now. T-44: each of them holds the token narrower,
 * so that nobody reaches through another what they may not reach themselves.
 *
 * @throws OAuthError invalid_target where one of them is gone
 */
export function requireClientsOf(provider: Pick<Provider, 'clients'>, chain: Chain): readonly Client[] {
  return clientsOf(provider, chain).map((found) => {
    if (found) return found;
    throw new OAuthError('invalid_target', 'a client through which this token came is registered no longer');
  });
}

/** What all clients of a chain may do: nothing where one of them is gone. */
export function permissionsOfChain(provider: Pick<Provider, 'clients'>, chain: Chain): readonly string[] {
  const allowed = clientsOf(provider, chain).map((one) => one?.permissions ?? []);
  return chain.client.permissions.filter((name) =>
    allowed.every((permissions) => permissions.includes(name)),
  );
}

function clientsOf({ clients }: Pick<Provider, 'clients'>, { grant, act, client }: Chain) {
  const ids = new Set([grant.clientId, ...actorsIn(act), client.clientId]);
  return [...ids].map((id) => (id === client.clientId ? client : clients.find(id)));
}

function actorsIn(act: ActorClaim | undefined): string[] {
  return act ? [...actorsIn(act.act), act.sub] : [];
}
