import { clientScopeAt } from '../../../access/granted-permissions.ts';
import type { Client } from '../../../clients/client.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import type { Provider } from '../../../provider.ts';
import { requireResource } from '../../resources.ts';
import { issueClientAccessToken, tokenTypeOf } from '../issue-tokens.ts';

/**
 * A token that a client gets for itself (RFC 6749 §4.4): for one API, with the permissions that its registration
 * allows and the request names. No refresh token: the client can ask again. Registration keeps public clients out.
 */
export async function handleClientCredentials(
  provider: Provider,
  client: Client,
  params: Params,
  jkt: string | undefined,
): Promise<string> {
  const audience = requireClientAudience(provider, client, params);
  const scope = requireScope(provider, client, audience, params);
  const token = await issueClientAccessToken(provider, client, audience, scope, jkt);
  provider.observe({ type: 'client.granted', clientId: client.clientId, audience });
  return JSON.stringify({
    access_token: token,
    token_type: tokenTypeOf(jkt),
    expires_in: provider.lifetimes.accessTokenSeconds,
    scope: scope.join(' '),
  });
}

/** The resource that is named (RFC 8707 §2), or the only one there is for this client. */
function requireClientAudience(provider: Provider, client: Client, params: Params): string {
  const named = params.all('resource');
  const targets = named.length > 0 ? named : client.resources;
  const [target] = targets;
  if (target === undefined || targets.length > 1)
    throw new OAuthError('invalid_target', 'name one API as resource');
  // Userinfo describes the person behind a token, and this token has no person.
  if (target === provider.issuer)
    throw new OAuthError('invalid_target', 'a client gets no token for the provider itself');
  return requireResource(provider, client, target);
}

/** A token without permissions would open nothing, so the client gets an error instead. */
function requireScope(
  { access }: Provider,
  client: Client,
  audience: string,
  params: Params,
): readonly string[] {
  const all = clientScopeAt({ access, audience, allowed: client.permissions, scope: [] });
  const requested = params.get('scope')?.split(' ');
  const scope = requested ? all.filter((name) => requested.includes(name)) : all;
  if (scope.length > 0) return scope;
  throw new OAuthError('invalid_scope', 'the client is allowed nothing of what it asks for at this resource');
}
