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
