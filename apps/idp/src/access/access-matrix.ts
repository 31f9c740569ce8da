import type { AccessContract } from '@sso/auth/access';

/** One permission of an audience, and the roles that bring it, in the contract's order. */
export interface MatrixRow {
  readonly permission: string;
  /** What it lets a person do, as the consent page says it. */
  readonly sentence: string;
  readonly roles: readonly string[];
}

export interface MatrixPart {
  readonly audience: string;
  readonly title: string;
  readonly rows: readonly MatrixRow[];
}

/** The contract as a matrix: for each audience its permissions, each with the roles that bring it. */
export function accessMatrix({ audiences, roles }: AccessContract): MatrixPart[] {
  const rolesOf = (permission: string) =>
    Object.entries(roles).flatMap(([role, permissions]) => (permissions.includes(permission) ? [role] : []));
  return Object.entries(audiences).map(([audience, { title, permissions }]) => ({
    audience,
    title,
    rows: Object.entries(permissions).map(([permission, sentence]) => ({
      permission,
      sentence,
      roles: rolesOf(permission),
    })),
  }));
}
