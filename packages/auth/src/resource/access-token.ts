import { findPermissions } from '../access/index.ts';
import { authError, deepFreeze } from '../foundation/index.ts';
import type { AccessTokenClaims } from '../tokens/index.ts';

/**
 * A verified access token: its claims, and what it permits at this API. It is frozen, because several requests may share
 * it, and it never holds the token's text.
 */
export type AccessToken<P extends string = string, A extends string = string> = AccessTokenClaims & {
  /** This API: a token of one API is of another type than that of another one. */
  readonly aud: A;
  /** What the subject may do at this API, from the claim that `permissionsClaim` names. */
  readonly permissions: readonly string[];
  /** Whether the token grants this permission. */
  readonly can: (permission: P) => boolean;
};

/** @param audience what `claims.aud` was found to be */
export function toAccessToken<P extends string, A extends string>(
  claims: AccessTokenClaims,
  audience: A,
  claim: string,
): AccessToken<P, A> {
  const permissions = requirePermissions(Object.hasOwn(claims, claim) ? claims[claim] : undefined, claim);
  const held = new Set(permissions);
  return deepFreeze({ ...claims, aud: audience, permissions, can: (permission: P) => held.has(permission) });
}

function requirePermissions(value: unknown, claim: string): readonly string[] {
  const permissions = findPermissions(value);
  if (permissions) return permissions;
  throw authError(
    'token_claim',
    `the claim ${claim} is neither a list nor a text of permissions: the issuer must fix it`,
  );
}
