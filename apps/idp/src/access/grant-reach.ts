import { type AccessContract, permissionsOfAudience } from '@sso/auth/access';
import type { Grant } from '../store/index.ts';

type Granted = Pick<Grant, 'scope' | 'resources' | 'details'>;

/**
 * The permissions of an audience that a grant covers, whoever holds them: those that its request named, or all where it
 * asked for the audience and named none. A name that was refused is still named, so that nothing never becomes all.
 */
export function permissionsOfGrant(access: AccessContract, grant: Granted, audience: string): string[] {
  const all = permissionsOfAudience(access, audience);
  return coversAll(access, grant, audience) ? [...all] : all.filter((name) => grant.scope.includes(name));
}

/** Whether a grant covers whatever there is at an audience, which may define no permissions. */
export function coversAll(access: AccessContract, grant: Granted, audience: string): boolean {
  const whole = grant.details.wholeAudiences;
  if (whole === undefined) return didCoverAll(access, grant, audience);
  return whole === 'everywhere' || whole.includes(audience);
}

/** A grant of an earlier release, which remembers only what was named. */
function didCoverAll(
  access: AccessContract,
  { scope, resources, details }: Granted,
  audience: string,
): boolean {
  const named = [...scope, ...(details.refusedScope ?? [])];
  return resources.includes(audience)
    ? !namesAny(permissionsOfAudience(access, audience), named)
    : !namesAny(allPermissions(access), named);
}

/** The audiences of which a request asks for all; see `GrantDetails`. */
export function wholeAudiencesOf(
  access: AccessContract,
  resources: readonly string[],
  named: readonly string[],
): 'everywhere' | readonly string[] {
  if (!namesAny(allPermissions(access), named)) return 'everywhere';
  return resources.filter((audience) => !namesAny(permissionsOfAudience(access, audience), named));
}

export function allPermissions({ audiences }: AccessContract): string[] {
  return Object.values(audiences).flatMap(({ permissions }) => Object.keys(permissions));
}

function namesAny(permissions: readonly string[], named: readonly string[]): boolean {
  return permissions.some((permission) => named.includes(permission));
}
