import {
  type AccessContract,
  type AccessTokenAlgorithm,
  permissionsOfAudience,
  permissionsOfRoles,
} from '@sso/auth/access';

export interface PermissionQuery {
  readonly access: AccessContract;
  readonly audience: string;
  readonly roles: readonly string[];
  /** What the client's registration allows it. */
  readonly allowed: readonly string[];
  /** All scopes of the grant; those that are no permission of the audience are ignored. */
  readonly scope: readonly string[];
}

export interface GrantedPermissions {
  /** What the client may do there: allowed to it ∩ requested. */
  readonly scope: readonly string[];
  /** What the client may do there for this person: the same ∩ held by the person now. */
  readonly permissions: readonly string[];
}

/** The scope and permissions that a token for an audience carries. */
export function grantedPermissions(query: PermissionQuery): GrantedPermissions {
  const { access, audience } = query;
  const scope = clientScopeAt(query);
  const held = new Set(permissionsOfRoles(access, query.roles, audience));
  return { scope, permissions: scope.filter((permission) => held.has(permission)) };
}

/**
 * What a client may do at an audience, whoever it acts for: allowed to it ∩ requested. A request that names none of
 * the audience's scopes asks for all of them.
 */
export function clientScopeAt(query: Omit<PermissionQuery, 'roles'>): readonly string[] {
  const all = permissionsOfAudience(query.access, query.audience);
  const named = all.filter((permission) => query.scope.includes(permission));
  const requested = named.length > 0 ? named : all;
  return requested.filter((permission) => query.allowed.includes(permission));
}

/** What the access tokens of an audience are signed with; those for the provider itself with ES256. */
export function signingAlgorithmOf({ audiences }: AccessContract, audience: string): AccessTokenAlgorithm {
  return (Object.hasOwn(audiences, audience) ? audiences[audience]?.alg : undefined) ?? 'ES256';
}
