import type { AccessToken } from '@sso/auth/resource';
import type { AccessTokenClaims } from '@sso/auth/tokens';
import { type PermissionQuery, grantedPermissions, clientScopeAt } from '../access/granted-permissions.ts';
import type { Client } from '../clients/client.ts';
import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { readSingleForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { requireConfidentialClient } from './token/client-authentication.ts';
import { parseRefreshToken, type RefreshToken } from './token/refresh-token-format.ts';
import { findGrantOfToken, grantIdOfJti } from './token/jti.ts';

/** What the endpoint says of a live token (RFC 7662 §2.2). */
type TokenDescription = Readonly<Record<string, unknown>>;

/**
 * The introspection endpoint (RFC 7662), for confidential clients. A client learns about its own tokens and about
 * those for an API it stands for; every other token is described as inactive.
 *
 * @throws OAuthError
 */
export async function introspect(
  provider: Provider,
  request: Request,
  from: RequestContext,
): Promise<Response> {
  const params = await readSingleForm(request);
  const client = await requireConfidentialClient(provider, request, params, from);
  const token = params.get('token');
  if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
  // The two kinds differ in form, so `token_type_hint` has nothing to add (RFC 7662 §2.1).
  const refreshToken = parseRefreshToken(token);
  const description = refreshToken
    ? await describeRefreshToken(provider, client, refreshToken)
    : await describeAccessToken(provider, client, token);
  return Response.json(description ? { active: true, ...description } : { active: false }, {
    headers: NO_STORE,
  });
}

async function describeAccessToken(
  provider: Provider,
  client: Client,
  token: string,
): Promise<TokenDescription | undefined> {
  const claims = await provider.accessTokens.find(token);
  // An API tolerates clocks that differ for some seconds; the issuer's own says when its token has ended.
  if (!claims || claims.exp <= provider.clock() || !mayIntrospect(provider, client, claims)) return undefined;
  const permissions = await findPermissions(provider, claims);
  if (!permissions) return undefined;
  const { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr } = claims;
  const shown = { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr };
  const isForApi = claims.aud !== provider.issuer;
  return { token_type: 'Bearer', ...shown, ...(isForApi && { permissions }) };
}

function mayIntrospect({ clients }: Provider, { clientId }: Client, claims: AccessTokenClaims): boolean {
  return claims.client_id === clientId || clients.findClientOfAudience(claims.aud)?.clientId === clientId;
}

/**
 * What the token permits now: a permission that was withdrawn since it was signed counts no more, and a token whose
 * grant has ended permits nothing, not even to be called active (T-36, T-38).
 */
async function findPermissions(
  provider: Provider,
  claims: AccessToken,
): Promise<readonly string[] | undefined> {
  const holder = provider.clients.find(claims.client_id);
  if (!holder) return undefined;
  const query = { access: provider.access, audience: claims.aud, allowed: holder.permissions, scope: [] };
  const isClientItself = grantIdOfJti(claims.jti) === undefined;
  const held = await (isClientItself ? heldByClient : heldByPerson)(provider, claims, query);
  return held && claims.permissions.filter((permission) => held.includes(permission));
}

type PermissionQueryOfClient = Omit<PermissionQuery, 'roles'>;

/** A token that a client got for itself ends with its time, or when it is revoked. */
async function heldByClient({ store }: Provider, { jti }: AccessTokenClaims, query: PermissionQueryOfClient) {
  return (await store.isTokenRevoked(jti)) ? undefined : clientScopeAt(query);
}

async function heldByPerson(provider: Provider, claims: AccessTokenClaims, query: PermissionQueryOfClient) {
  const active = await findGrantOfToken(provider, claims);
  return active && grantedPermissions({ ...query, roles: active.person.roles }).permissions;
}

/** Only the current token of a family is active. A rotated one can at most repeat its last response. */
async function describeRefreshToken(
  provider: Provider,
  client: Client,
  token: RefreshToken,
): Promise<TokenDescription | undefined> {
  const family = await provider.store.findRefreshTokenFamily(token.familyHash, provider.clock());
  if (family?.currentHash !== token.tokenHash || family.grant.clientId !== client.clientId) return undefined;
  const { grant } = family;
  const sid = await provider.store.findClientSid(grant.sessionId, grant.clientId, provider.clock());
  return {
    iss: provider.issuer,
    sub: provider.subjectFor(client, grant.sub),
    client_id: grant.clientId,
    scope: grant.scope.join(' '),
    exp: grant.expiresAt,
    sid,
    auth_time: grant.details.authTime,
  };
}
