import { equalHashes, sha256 } from '../foundation/secrets.ts';
import type { InitialAccessTokenStore, Store } from '../store/index.ts';
import type { IsAllowedPrivateHost } from './private-hosts.ts';
import { registerClient, type RegisteredClient, type Registration } from './register-client.ts';

/** Dynamic registration (RFC 7591): whoever bears an initial access token registers clients. */
export interface DynamicRegistration {
  /** What the bearer of this token may do (RFC 7591 §1.2); undefined for one that is unknown, expired or used up. */
  findRegistrar(token: string): Promise<Registrar | undefined>;
  /** Which private hosts a registration may name as addresses that we call. */
  readonly mayBePrivate: IsAllowedPrivateHost;
  /** Calls what a registration names, within the same bounds. */
  readonly fetch: typeof fetch;
}

export interface Registrar {
  /** The id of its token; undefined for one of `INITIAL_ACCESS_TOKENS`. */
  readonly initialTokenId: string | undefined;
  /** Stores a client, which uses the token once. Undefined when it was used up meanwhile. */
  register(client: Registration, now: number): Promise<RegisteredClient | undefined>;
}

interface Context {
  /** `INITIAL_ACCESS_TOKENS`, which neither expire nor are used up. */
  readonly tokens: readonly string[];
  readonly mayBePrivate: IsAllowedPrivateHost;
  readonly fetch: typeof fetch;
  readonly store: Pick<Store, 'addClient' | keyof InitialAccessTokenStore>;
  readonly clock: () => number;
}

export function createDynamicRegistration({
  tokens,
  mayBePrivate,
  fetch,
  store,
  clock,
}: Context): DynamicRegistration {
  const configured = tokens.map(sha256);
  return {
    mayBePrivate,
    fetch,
    async findRegistrar(token) {
      const hash = sha256(token);
      // Compares with all of them in constant time, so that the time tells nothing about a near match.
      if (configured.map((one) => equalHashes(one, hash)).includes(true))
        return { initialTokenId: undefined, register: (client, now) => registerClient(store, client, now) };
      const found = await store.findInitialAccessToken(hash, clock());
      if (!found) return undefined;
      const byToken: Pick<Store, 'addClient'> = {
        addClient: (client, now) => store.addClientByToken(client, hash, now),
      };
      return { initialTokenId: found.id, register: (client, now) => registerClient(byToken, client, now) };
    },
  };
}
