import type { Client } from '../clients/client.ts';
import { OAuthError } from '../http/oauth-error.ts';
import type { Provider } from '../provider.ts';

/**
 * An audience this client may have tokens for: one of the contract that its registration names, or the provider
 * itself (RFC 8707 §2).
 *
 * @throws OAuthError invalid_target
 */
export function requireResource(
  { issuer, access }: Pick<Provider, 'issuer' | 'access'>,
  client: Client,
  resource: string,
): string {
  if (resource === issuer) return resource;
  if (!Object.hasOwn(access.audiences, resource) || !client.resources.includes(resource)) {
    throw new OAuthError(
      'invalid_target',
      'the resource is unknown, or not one this client may have tokens for',
    );
  }
  return resource;
}
