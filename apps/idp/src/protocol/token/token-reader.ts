import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Client } from '../../clients/client.ts';
import type { Provider } from '../../provider.ts';

type ReaderContext = Pick<Provider, 'issuer' | 'clients' | 'subjectFor'>;

/**
 * The client that reads an access token: who stands for its audience, so that a site and its API know person and session by
 * the same names. A token for the provider itself is read by whom it was issued to.
 */
export function findReader(
  { issuer, clients }: ReaderContext,
  client: Client | undefined,
  audience: string,
): Client | undefined {
  return audience === issuer ? client : clients.findClientOfAudience(audience);
}

/** Whether an access token of ours is about this person, as its reader knows them. */
export function isAbout(
  context: ReaderContext,
  { sub, aud, client_id }: Pick<AccessTokenClaims, 'sub' | 'aud' | 'client_id'>,
  person: { readonly sub: string },
): boolean {
  const reader = findReader(context, context.clients.find(client_id), aud);
  return context.subjectFor(reader, person.sub) === sub;
}
