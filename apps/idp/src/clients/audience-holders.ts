import { SharedAudienceError } from '../store/index.ts';
import type { Client } from './client.ts';

type Standing = Pick<Client, 'clientId' | 'audiences'>;

/**
 * The client that stands for each audience: it may introspect the tokens for it, and is whom they mean by `sid` and `sub`.
 *
 * @param clients - of two that stand for one audience, the earlier keeps it.
 */
export function audienceHolders<C extends Standing>(clients: readonly C[]): ReadonlyMap<string, C> {
  const entries = clients.flatMap((client) =>
    client.audiences.map((audience) => [audience, client] as const),
  );
  return new Map(entries.toReversed());
}

/** The first audience for which two of these clients stand, as the error that names both. */
export function findSharedAudience(clients: readonly Standing[]): SharedAudienceError | undefined {
  const holders = audienceHolders(clients);
  for (const { clientId, audiences } of clients) {
    const shared = audiences.find((audience) => holders.get(audience)?.clientId !== clientId);
    const holder = shared === undefined ? undefined : holders.get(shared);
    if (shared !== undefined && holder) return new SharedAudienceError(shared, [holder.clientId, clientId]);
  }
  return undefined;
}

/**
 * Tokens for the provider itself are no client's to read.
 *
 * @throws Error that names the client.
 */
export function refuseProviderAsAudience({ clientId, audiences }: Standing, issuer: string): void {
  if (audiences.includes(issuer))
    throw new Error(`The client "${clientId}" can't stand for ${issuer}: that is this provider.`);
}
