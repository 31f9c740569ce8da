import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Client } from '../../../clients/client.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import type { Provider } from '../../../provider.ts';
import type { Grant } from '../../../store/index.ts';
import { requireResource } from '../../resources.ts';
import { issueAccessToken } from '../issue-tokens.ts';
import { findStanding } from '../jti.ts';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * Exchanges a client's own access token for one with another audience (RFC 8693 §2). Nothing rotates, so it works
 * where no cookie can be set. Permissions are those the person holds now; an ended session gives nothing.
 */
export async function exchangeToken(provider: Provider, client: Client, params: Params): Promise<string> {
  requireSupportedTypes(params);
  const subject = await requireSubject(provider, client, params.get('subject_token'));
  const audience = requireTarget(provider, client, params);
  const standing = await findStanding(provider, subject);
  if (!standing) throw invalidSubject();
  requireAllowedTarget(client, standing.grant, audience);
  const scope = (params.get('scope') ?? '').split(' ').filter(Boolean);
  const issued = await issueAccessToken(provider, { ...standing, client, audience, scope });
  provider.observe({
    type: 'token.exchanged',
    clientId: client.clientId,
    grantId: standing.grant.id,
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

/** One of our own goes wherever its registration lets it; a stranger's only where the person allowed it. */
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
  // Nobody acts for anybody else here: a token with an actor would say more than was checked (RFC 8693 §4.1).
  if (params.get('actor_token') !== undefined)
    throw new OAuthError('invalid_request', 'actor_token is not supported');
}

/** One other audience of the contract. A token for the provider itself comes from the client's own grant. */
function requireTarget(provider: Provider, client: Client, params: Params): string {
  const targets = [...params.all('resource'), ...params.all('audience')];
  const [target] = targets;
  if (target === undefined) throw new OAuthError('invalid_request', 'resource is missing');
  if (targets.length > 1 || target === provider.issuer)
    throw new OAuthError('invalid_target', 'name one API as resource');
  return requireResource(provider, client, target);
}

/**
 * The subject token's claims: our own access token, issued to this very client for an audience it may use. A token
 * that another client got, or that a client was handed by its callers, must not be traded up (confused deputy).
 */
async function requireSubject(
  provider: Provider,
  client: Client,
  token: string | undefined,
): Promise<AccessTokenClaims> {
  if (token === undefined) throw new OAuthError('invalid_request', 'subject_token is missing');
  const claims = await provider.ownTokens.find(token);
  const isOwn = claims?.client_id === client.clientId;
  const isUsable = claims?.aud === provider.issuer || client.resources.includes(claims?.aud ?? '');
  if (!claims || !isOwn || !isUsable) throw invalidSubject();
  return claims;
}

/** RFC 8693 §2.2.2 wants invalid_request for a subject token that is invalid or not acceptable. */
function invalidSubject(): OAuthError {
  return new OAuthError('invalid_request', 'the subject_token is not a live access token of this client');
}
