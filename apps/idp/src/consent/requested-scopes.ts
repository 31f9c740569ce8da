import { type AccessContract, permissionsOfAudience } from '@sso/auth/access';
import type { Client } from '../clients/client.ts';
import { SCOPE_CLAIMS } from '../identity/claims.ts';
import type { AuthorizationRequest } from '../store/index.ts';

export type RequestedAccess = Pick<AuthorizationRequest, 'scope' | 'droppedScope' | 'resources' | 'claims'>;
type RequestingClient = Pick<Client, 'permissions'>;

/**
 * Everything that a request asks a person to allow, as names of scopes: those it lists, those that its resources
 * imply, and those that its single claims belong to. The consent page shows all of them, so that nobody allows more
 * than they saw.
 */
export function requestedScopes(
  access: AccessContract,
  client: RequestingClient,
  request: RequestedAccess,
): string[] {
  const names = [
    ...request.scope,
    ...scopesOfRequestedClaims(request),
    ...impliedPermissions(access, client, request),
  ];
  return [...new Set(names)];
}

/** A request that names no permission of a resource asks for all of them; one that it can't have is named too. */
export function impliedPermissions(
  access: AccessContract,
  client: RequestingClient,
  { scope, droppedScope = [], resources }: RequestedAccess,
): string[] {
  return resources.flatMap((resource) => {
    const all = permissionsOfAudience(access, resource);
    const isNamed = all.some((name) => scope.includes(name) || droppedScope.includes(name));
    return isNamed ? [] : all.filter((permission) => client.permissions.includes(permission));
  });
}

/** The scope that a claim belongs to. */
export function scopeOfClaim(claim: string): string | undefined {
  return Object.entries(SCOPE_CLAIMS).find(([, claims]) => claims.some((name) => name === claim))?.[0];
}

function scopesOfRequestedClaims({ claims }: RequestedAccess): string[] {
  return [...claims.idToken, ...claims.userinfo].flatMap((claim) => scopeOfClaim(claim) ?? []);
}
