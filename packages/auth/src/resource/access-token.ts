import { authError } from '../foundation/index.ts';
import type { AccessTokenClaims } from '../tokens/index.ts';

/**
 * A verified access token: its claims, and what it permits here. Frozen, for several requests may share it.
 * It never holds the token's text.
 */
export type AccessToken<P extends string = string> = AccessTokenClaims & {
  /** What the subject may do at this API, from the claim that `permissionsClaim` names. */
  readonly permissions: readonly string[];
  has(permission: P): boolean;
};

export function toAccessToken<P extends string>(claims: AccessTokenClaims, claim: string): AccessToken<P> {
  const permissions = readPermissions(Object.hasOwn(claims, claim) ? claims[claim] : undefined, claim);
  const held = new Set(permissions);
  return freezeAll({ ...claims, permissions, has: (permission: P) => held.has(permission) });
}

/** A list, or names joined by spaces as `scope` has them (RFC 8693 §4.2); absent means none. */
function readPermissions(value: unknown, claim: string): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split(' ').filter((name) => name !== '');
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  throw authError(
    'token_claim',
    `the claim ${claim} is neither a list nor a text of permissions: the issuer must fix it`,
  );
}

/** Claims are JSON, so there are no cycles, and strict parsing bounds the depth. */
function freezeAll<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) freezeAll(member);
  }
  return Object.freeze(value);
}
