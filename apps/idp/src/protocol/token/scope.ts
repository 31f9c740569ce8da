import { permissionsOfAudience } from '@sso/auth/access';
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
  if (resource === undefined) return onlyResource(provider, grant);
  if (resource !== provider.issuer && !grant.resources.includes(resource)) {
    throw new OAuthError('invalid_target', 'the grant does not cover this resource');
  }
  return requireResource(provider, client, resource);
}

function onlyResource({ issuer }: Provider, { resources }: Grant): string {
  if (resources.length > 1)
    throw new OAuthError('invalid_target', 'several resources were granted; name one of them');
  return resources[0] ?? issuer;
}

/**
 * The scopes a refresh asks for: the grant's, or fewer of them (RFC 6749 §6). A grant that names no scope of an
 * audience holds all of that audience.
 *
 * @throws OAuthError invalid_scope for a wider one.
 */
export function requireNarrowerScope(
  { access }: Provider,
  grant: Grant,
  requested: string | undefined,
): readonly string[] {
  if (requested === undefined) return grant.scope;
  const implied = grant.resources.flatMap((audience) => {
    const all = permissionsOfAudience(access, audience);
    return all.some((permission) => grant.scope.includes(permission)) ? [] : all;
  });
  const granted = new Set([...grant.scope, ...implied]);
  const scope = requested.split(' ').filter(Boolean);
  if (!scope.every((name) => granted.has(name)))
    throw new OAuthError('invalid_scope', 'the scope is wider than what was granted');
  return scope;
}
