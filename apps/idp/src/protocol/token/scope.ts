import type { AccessContract } from '@sso/auth/access';
import { permissionsOfGrant } from '../../access/grant-reach.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import type { Provider } from '../../provider.ts';
import type { Grant } from '../../store/index.ts';
import type { Client } from '../../clients/client.ts';
import { requireResource } from '../resources.ts';

/**
 * The one audience of the token to issue: the resource that is asked for, if the grant covers it; else the one it
 * was granted for; else the provider (RFC 8707 §2.2).
 *
 * @throws OAuthError invalid_target
 */
export function requireAudience(provider: Provider, client: Client, grant: Grant, params: Params): string {
  const requested = params.all('resource');
  if (requested.length > 1) throw new OAuthError('invalid_target', 'ask for one resource at a time');
  const [resource] = requested;
  if (resource !== undefined && resource !== provider.issuer && !grant.resources.includes(resource)) {
    throw new OAuthError('invalid_target', 'the grant does not cover this resource');
  }
  // Also the one that is implied: the client may have lost it since.
  return requireResource(provider, client, resource ?? onlyResource(provider, grant));
}

function onlyResource({ issuer }: Provider, { resources }: Grant): string {
  if (resources.length > 1)
    throw new OAuthError('invalid_target', 'several resources were granted; name one of them');
  return resources[0] ?? issuer;
}

/**
 * The scopes a refresh asks for, fewer than the grant's (RFC 6749 §6); undefined where it asks for all: by naming none, or
 * just those of the login, as many clients do with every refresh. What the authorization request asked for and did not
 * get is dropped again.
 *
 * @throws OAuthError invalid_scope for one that was never asked for, or where nothing is left.
 */
export function requireNarrowerScope(
  { access }: Provider,
  { grant, requested }: NarrowerScopeOptions,
): readonly string[] | undefined {
  if (requested === undefined) return undefined;
  const refused = new Set(grant.details.refusedScope);
  const covered = [...grant.scope, ...impliedScopes(access, grant)];
  const granted = new Set(covered.filter((name) => !refused.has(name)));
  const names = requested.split(' ').filter(Boolean);
  const [left, dropped] = [
    names.filter((name) => granted.has(name)),
    names.filter((name) => !granted.has(name)),
  ];
  if (!dropped.every((name) => refused.has(name)))
    throw new OAuthError('invalid_scope', 'the scope is wider than what was granted');
  if (left.length === 0) throw new OAuthError('invalid_scope', 'nothing of this scope was granted');
  return isSameSet(left, grant.scope) ? undefined : [...new Set(left)];
}

/** The login's own scope narrows nothing: where it named no permission of an API, it meant all of them. */
function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [left, right] = [new Set(one), new Set(other)];
  return left.size === right.size && [...left].every((name) => right.has(name));
}

export interface NarrowerScopeOptions {
  readonly grant: Grant;
  /** The request's `scope`. */
  readonly requested: string | undefined;
}

/** What a grant covers at its resources without naming it. */
function impliedScopes(access: AccessContract, grant: Grant): string[] {
  return grant.resources.flatMap((audience) => permissionsOfGrant(access, grant, audience));
}
