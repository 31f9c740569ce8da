import type { Client } from '../clients/client.ts';
import { OAuthError } from '../http/oauth-error.ts';
import type { Provider } from '../provider.ts';

/**
 * An audience this client may have tokens for: one of the contract that its registration names, or the provider
 * itself (RFC 8707 §2).
 *
 * @throws OAuthError invalid_target
 */
export function requireResource(provider: ResourceRules, client: Client, resource: string): string {
  if (isResourceOf(provider, client, resource)) return resource;
  throw new OAuthError(
    'invalid_target',
    'the resource is unknown, or not one this client may have tokens for',
  );
}

/** Whether a client may have tokens for an audience now. */
export function isResourceOf(
  { issuer, access }: ResourceRules,
  { resources }: Client,
  audience: string,
): boolean {
  return audience === issuer || (Object.hasOwn(access.audiences, audience) && resources.includes(audience));
}

type ResourceRules = Pick<Provider, 'issuer' | 'access'>;
