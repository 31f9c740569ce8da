import { type AccessContract, permissionsOfAudience } from '@sso/auth/access';
import type { Client } from '../clients/client.ts';
import { SCOPE_CLAIMS } from '../identity/claims.ts';
import type { AuthorizationRequest } from '../store/requests.ts';

export type Wants = Pick<AuthorizationRequest, 'scope' | 'resources' | 'claims'>;
type Asker = Pick<Client, 'permissions'>;

/**
 * Everything that a request asks a person to allow, as names of scopes: those it lists, those that its resources
 * imply, and those that its single claims belong to. Whoever is shown less would allow more than they saw.
 */
export function askedOf(access: AccessContract, client: Asker, request: Wants): string[] {
  const names = [
    ...request.scope,
    ...scopesOfClaims(request),
    ...impliedPermissions(access, client, request),
  ];
  return [...new Set(names)];
}

/** A resource of which no permission is named is asked for whole; see `access/granted-permissions.ts`. */
export function impliedPermissions(
  access: AccessContract,
  client: Asker,
  { scope, resources }: Wants,
): string[] {
  return resources.flatMap((resource) => {
    const all = permissionsOfAudience(access, resource);
    const isNamed = all.some((permission) => scope.includes(permission));
    return isNamed ? [] : all.filter((permission) => client.permissions.includes(permission));
  });
}

/** The scope that a claim belongs to. */
export function scopeOfClaim(claim: string): string | undefined {
  return Object.entries(SCOPE_CLAIMS).find(([, claims]) => claims.some((name) => name === claim))?.[0];
}

function scopesOfClaims({ claims }: Wants): string[] {
  return [...claims.idToken, ...claims.userinfo].flatMap((claim) => scopeOfClaim(claim) ?? []);
}
