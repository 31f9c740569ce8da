import { createLocalKeys, createRemoteKeys, type VerificationKeys } from '@sso/auth/tokens';
import type { ClientFetch } from './client-fetch.ts';
import type { Client } from './client.ts';

/** The public keys that a client's assertions are verified by; undefined for one that registered none. */
export type ClientKeys = (client: Client) => VerificationKeys | undefined;

/**
 * Keys of `jwks_uri` are fetched when needed, at most once in 30 s for unknown ones, and kept while the client's
 * server is down. They are remembered for as long as the registration is the same.
 */
export function createClientKeys(context: { fetch: ClientFetch; clock: () => number }): ClientKeys {
  const known = new WeakMap<Client, VerificationKeys>();
  return (client) => {
    const keys = known.get(client) ?? keysOf(client, context);
    if (keys) known.set(client, keys);
    return keys;
  };
}

function keysOf(
  client: Client,
  context: { fetch: ClientFetch; clock: () => number },
): VerificationKeys | undefined {
  const { jwks, jwksUri } = client;
  if (jwks) return createLocalKeys(jwks);
  if (jwksUri === undefined) return undefined;
  return createRemoteKeys({ jwksUri, fetch: context.fetch(client), clock: context.clock });
}
