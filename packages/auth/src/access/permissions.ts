import type { Access } from './define-access.ts';

/**
 * The permissions that a person with these roles holds at one audience, in the contract's order.
 * Unknown roles and audiences give nothing.
 */
export function permissionsOfRoles(access: Access, roles: readonly string[], audience: string): string[] {
  const held = new Set(
    roles.flatMap((role) => (Object.hasOwn(access.roles, role) ? (access.roles[role] ?? []) : [])),
  );
  return permissionsOfAudience(access, audience).filter((name) => held.has(name));
}

/** All permissions that an audience defines; none for an unknown audience. */
export function permissionsOfAudience(access: Access, audience: string): string[] {
  if (!Object.hasOwn(access.audiences, audience)) return [];
  return Object.keys(access.audiences[audience]?.permissions ?? {});
}

/**
 * Permissions as a token's claim carries them: a list, or names joined by spaces as `scope` has them (RFC 8693 §4.2);
 * an absent claim means none. `undefined` for any other shape.
 */
export function namesOfPermissions(claim: unknown): readonly string[] | undefined {
  if (claim === undefined) return [];
  if (typeof claim === 'string') return claim.split(' ').filter((name) => name !== '');
  return Array.isArray(claim) && claim.every((name) => typeof name === 'string') ? claim : undefined;
}
