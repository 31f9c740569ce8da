import { type AccessContract, permissionsOfAudience } from '@sso/auth/access';
import type { Client } from '../clients/client.ts';
import type { Consent } from '../store/index.ts';
import { impliedPermissions, scopeOfClaim, type Wants } from './requested-scopes.ts';

/** Nobody can sign in to a site and refuse to be known there. */
export const NOT_REFUSABLE = 'openid';

/**
 * The answer to remember: what was asked now in the place of what was said of it before, the rest as it was. Names
 * that were not asked for count for nothing, whatever the form says.
 */
export function mergeAnswer(
  earlier: Consent | undefined,
  now: Pick<Consent, 'asked' | 'allowed'>,
): Pick<Consent, 'asked' | 'allowed'> {
  const asked = new Set(now.asked);
  const allowed = now.asked.filter((name) => name === NOT_REFUSABLE || now.allowed.includes(name));
  const untouched = (names: readonly string[] = []) => names.filter((name) => !asked.has(name));
  return {
    asked: [...untouched(earlier?.asked), ...now.asked],
    allowed: [...untouched(earlier?.allowed), ...allowed],
  };
}

/** Whether every one of these was asked before; a refusal is an answer too. */
export function isAnswered(consent: Consent | undefined, asked: readonly string[]): boolean {
  return consent !== undefined && asked.every((name) => consent.asked.includes(name));
}

/**
 * What of a request was allowed. Scopes that a resource implied are written out, and a resource of which everything
 * was refused is taken out: where none is named, a token's scope means all of it.
 */
export function allowedOf(
  access: AccessContract,
  client: Pick<Client, 'permissions'>,
  wants: Wants,
  consent: Consent,
): Wants {
  const isAllowed = (name: string) => consent.allowed.includes(name);
  const wanted = [...wants.scope, ...impliedPermissions(access, client, wants)];
  const scope = wanted.filter(isAllowed);
  const isOpen = (resource: string) => {
    const its = permissionsOfAudience(access, resource);
    return its.some((name) => scope.includes(name)) || !its.some((name) => wanted.includes(name));
  };
  const allowedClaims = (claims: readonly string[]) =>
    claims.filter((claim) => isAllowed(scopeOfClaim(claim) ?? ''));
  return {
    scope,
    resources: wants.resources.filter(isOpen),
    claims: { idToken: allowedClaims(wants.claims.idToken), userinfo: allowedClaims(wants.claims.userinfo) },
  };
}
