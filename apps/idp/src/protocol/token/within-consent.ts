import { permissionsOfAudience } from '@sso/auth/access';
import { permissionsOfGrant } from '../../access/grant-reach.ts';
import { scopeOfClaim } from '../../consent/requested-scopes.ts';
import type { Provider } from '../../provider.ts';
import type { ActiveGrant, Grant } from '../../store/index.ts';

type GrantContext = Pick<Provider, 'access' | 'clients'>;

/**
 * A grant as it counts now. One that comes from a consent is never wider than the consent now in force, however long ago
 * it was opened (K-13). Undefined where nothing is left of it, or its client is gone; a client that is no longer of the
 * operator's own has no grant that nobody consented to.
 */
export function withinConsent<A extends ActiveGrant>(
  { access, clients }: GrantContext,
  active: A,
): A | undefined {
  const { grant, allowedScope, signedOn } = active;
  const client = clients.find(grant.clientId);
  if (!client) return undefined;
  if (client.firstParty && !grant.byConsent) return active;
  if (allowedScope === undefined) return undefined;
  const narrowed = narrow(access, grant, allowedScope);
  const isOver = grant.scope.length > 0 && narrowed.scope.length === 0;
  return isOver || (grant.offline && !narrowed.offline && !signedOn)
    ? undefined
    : { ...active, grant: narrowed };
}

function narrow(access: Provider['access'], grant: Grant, allowedScope: readonly string[]): Grant {
  const isAllowed = (name: string) => allowedScope.includes(name);
  const covered = grant.resources.flatMap((resource) => permissionsOfGrant(access, grant, resource));
  const granted = [...new Set([...grant.scope, ...covered])];
  const scope = granted.filter(isAllowed);
  const refused = granted.filter((name) => !isAllowed(name));
  const { details } = grant;
  const isOpen = (resource: string) => {
    const its = permissionsOfAudience(access, resource).filter((name) => granted.includes(name));
    return its.length === 0 || its.some(isAllowed);
  };
  return {
    ...grant,
    scope,
    resources: grant.resources.filter(isOpen),
    offline: scope.includes('offline_access'),
    details: {
      ...details,
      claims: details.claims && allowedClaims(details.claims, isAllowed),
      wholeAudiences: [],
      refusedScope: [...(details.refusedScope ?? []), ...refused],
    },
  };
}

function allowedClaims(
  { idToken, userinfo }: NonNullable<Grant['details']['claims']>,
  isAllowed: (scope: string) => boolean,
): Grant['details']['claims'] {
  const isClaimAllowed = (claim: string) => isAllowed(scopeOfClaim(claim) ?? '');
  return { idToken: idToken.filter(isClaimAllowed), userinfo: userinfo.filter(isClaimAllowed) };
}
