import { type AccessContract, permissionsOfAudience } from '@sso/auth/access';
import type { Client } from '../clients/client.ts';
import type { Consent } from '../store/index.ts';
import { impliedPermissions, scopeOfClaim, type RequestedAccess } from './requested-scopes.ts';

/** The scope that cannot be refused: signing in to a site means being known there. */
export const REQUIRED_SCOPE = 'openid';

/**
 * The consent to store: the new answer replaces earlier answers about the same scopes, and the others stay. Scopes
 * that the form names and the request did not ask for are ignored.
 */
export function mergeConsent(
  earlier: Consent | undefined,
  now: Pick<Consent, 'asked' | 'allowed'>,
): Pick<Consent, 'asked' | 'allowed'> {
  const asked = new Set(now.asked);
  const allowed = now.asked.filter((name) => name === REQUIRED_SCOPE || now.allowed.includes(name));
  const untouched = (names: readonly string[] = []) => names.filter((name) => !asked.has(name));
  return {
    asked: [...untouched(earlier?.asked), ...now.asked],
    allowed: [...untouched(earlier?.allowed), ...allowed],
  };
}

/** Whether two answers allow and refuse the same. */
export function isSameConsent(
  one: Pick<Consent, 'asked' | 'allowed'>,
  other: Pick<Consent, 'asked' | 'allowed'> | undefined,
): boolean {
  return other !== undefined && isSameSet(one.asked, other.asked) && isSameSet(one.allowed, other.allowed);
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}

/** Whether the person has answered this client, as it is now, about all of these scopes, by allowing or refusing them. */
export function isAnsweredFor(
  client: Pick<Client, 'consentsSince'>,
  consent: Consent | undefined,
  asked: readonly string[],
): boolean {
  const counting = findCounting(client, consent);
  return counting !== undefined && asked.every((name) => counting.asked.includes(name));
}

/** The consent, unless it was given to the client under another name, or for other return addresses. */
export function findCounting(
  { consentsSince = -1 }: Pick<Client, 'consentsSince'>,
  consent: Consent | undefined,
): Consent | undefined {
  return consent && consent.updatedAt > consentsSince ? consent : undefined;
}

/**
 * The allowed part of a request. Scopes that a resource implied are written out, and a resource of which everything
 * was refused is taken out, since a resource without named scopes means all of it elsewhere.
 */
export function allowedAccess(
  access: AccessContract,
  client: Pick<Client, 'permissions'>,
  wants: RequestedAccess,
  consent: Consent,
): RequestedAccess {
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
