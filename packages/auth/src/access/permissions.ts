import type { AccessContract } from './define-access.ts';

/**
 * The permissions of a person with these roles at one audience, in the contract's order. Unknown roles and audiences grant
 * none.
 */
export function permissionsOfRoles(
  access: AccessContract,
  roles: readonly string[],
  audience: string,
): string[] {
  const held = new Set(
    roles.flatMap((role) => (Object.hasOwn(access.roles, role) ? (access.roles[role] ?? []) : [])),
  );
  return permissionsOfAudience(access, audience).filter((name) => held.has(name));
}

/** All permissions that an audience defines. An unknown audience defines none. */
export function permissionsOfAudience(access: AccessContract, audience: string): string[] {
  if (!Object.hasOwn(access.audiences, audience)) return [];
  return Object.keys(access.audiences[audience]?.permissions ?? {});
}

/**
 * The permissions of a token's claim: an array, or a string with spaces like `scope` (RFC 8693 §4.2). An absent claim grants
 * none; any other shape gives `undefined`.
 */
export function findPermissions(claim: unknown): readonly string[] | undefined {
  if (claim === undefined) return [];
  if (typeof claim === 'string') return claim.split(' ').filter((name) => name !== '');
  return Array.isArray(claim) && claim.every((name) => typeof name === 'string') ? claim : undefined;
}
