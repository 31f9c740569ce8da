import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Client } from '../../../clients/client.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import type { Provider } from '../../../provider.ts';
import type { Grant } from '../../../store/index.ts';
import { requireResource } from '../../resources.ts';
import { namesOf } from '../grant-names.ts';
import { issueAccessToken } from '../issue-tokens.ts';
import { findGrantOfToken } from '../jti.ts';
import { findTokenNames } from '../token-names.ts';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * Exchanges a client's own access token for one with another audience (RFC 8693 §2). Nothing rotates, so it works
 * where no cookie can be set. Permissions are those the person holds now; an ended session gives nothing.
 */
export async function handleTokenExchange(
  provider: Provider,
  client: Client,
  params: Params,
): Promise<string> {
  requireSupportedTypes(params);
  const subject = await requireSubjectToken(provider, client, params.get('subject_token'));
  const audience = requireTargetAudience(provider, client, params);
  const active = await findGrantOfToken(provider, subject);
  if (!active) throw invalidSubjectToken();
  requireAllowedTarget(client, active.grant, audience);
  const scope = params.get('scope')?.split(' ').filter(Boolean);
  const names = await findTokenNames(provider, { ...active, client, audience });
  if (!names) throw invalidSubjectToken();
  const issued = await issueAccessToken(provider, { ...active, client, audience, scope }, names.accessToken);
  // K-05: a scope of which nothing is left must not come to a token that looks as if it were granted.
  if (scope !== undefined && issued.scope.length === 0)
    throw new OAuthError('invalid_scope', 'nothing of this scope was granted at this resource');
  provider.observe({
    type: 'token.exchanged',
    ...namesOf(active.grant),
    sid: names.accessToken.sid,
    audience,
  });
  return JSON.stringify({
    access_token: issued.token,
    issued_token_type: ACCESS_TOKEN_TYPE,
    token_type: 'Bearer',
    expires_in: provider.lifetimes.accessTokenSeconds,
    scope: issued.scope.join(' '),
  });
}

/** A first-party client may use every resource of its metadata, a third-party one those that the person allowed. */
function requireAllowedTarget({ firstParty }: Client, { resources }: Grant, audience: string): void {
  if (!firstParty && !resources.includes(audience))
    throw new OAuthError('invalid_target', 'the person did not allow this client this resource');
}

function requireSupportedTypes(params: Params): void {
  if (params.get('subject_token_type') !== ACCESS_TOKEN_TYPE) {
    throw new OAuthError('invalid_request', `subject_token_type is "${ACCESS_TOKEN_TYPE}" here`);
  }
  const wanted = params.get('requested_token_type');
  if (wanted !== undefined && wanted !== ACCESS_TOKEN_TYPE) {
    throw new OAuthError('invalid_request', `requested_token_type is "${ACCESS_TOKEN_TYPE}" here`);
  }
  // Delegation is not supported: a token with an actor would claim what nobody checked (RFC 8693 §4.1).
  if (params.get('actor_token') !== undefined)
    throw new OAuthError('invalid_request', 'actor_token is not supported');
}

/** One other audience of the contract. A token for the provider itself comes from the client's own grant. */
function requireTargetAudience(provider: Provider, client: Client, params: Params): string {
  const targets = [...params.all('resource'), ...params.all('audience')];
  const [target] = targets;
  if (target === undefined) throw new OAuthError('invalid_request', 'resource is missing');
  if (targets.length > 1 || target === provider.issuer)
    throw new OAuthError('invalid_target', 'name one API as resource');
  return requireResource(provider, client, target);
}

/**
 * The claims of the subject token: an access token of ours, issued to this very client for an audience it may use.
 * A token of another client, or one that an API received from its callers, must not buy more (confused deputy).
 */
async function requireSubjectToken(
  provider: Provider,
  client: Client,
  token: string | undefined,
): Promise<AccessTokenClaims> {
  if (token === undefined) throw new OAuthError('invalid_request', 'subject_token is missing');
  const claims = await provider.accessTokens.find(token);
  const isOwn = claims?.client_id === client.clientId;
  const isUsable = claims?.aud === provider.issuer || client.resources.includes(claims?.aud ?? '');
  if (!claims || !isOwn || !isUsable) throw invalidSubjectToken();
  return claims;
}

/** RFC 8693 §2.2.2 wants invalid_request for a subject token that is invalid or not acceptable. */
function invalidSubjectToken(): OAuthError {
  return new OAuthError('invalid_request', 'the subject_token is not a live access token of this client');
}
