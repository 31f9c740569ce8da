import type { AccessToken } from '@sso/auth/resource';
import type { AccessTokenClaims } from '@sso/auth/tokens';
import { type AccessQuestion, decideAccess, scopeAt } from '../access/granted-permissions.ts';
import type { Client } from '../clients/client.ts';
import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { readSingleForm } from '../http/params.ts';
import type { Provider } from '../provider.ts';
import { requireConfidentialClient } from './token/client-authentication.ts';
import { parseRefreshToken, type RefreshToken } from './token/refresh-token-format.ts';
import { findStanding, grantIdOf } from './token/jti.ts';

/** What the endpoint says of a live token (RFC 7662 §2.2). */
type Description = Readonly<Record<string, unknown>>;

/**
 * The introspection endpoint (RFC 7662): for clients that prove who they are, and about tokens that concern them:
 * their own, and those for an API they stand for. Whatever else is asked about is not active, and no more is said.
 *
 * @throws OAuthError
 */
export async function introspect(provider: Provider, request: Request): Promise<Response> {
  const params = await readSingleForm(request);
  const client = await requireConfidentialClient(provider, request, params);
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
): Promise<Description | undefined> {
  const claims = await provider.ownTokens.find(token);
  // An API tolerates clocks that differ for some seconds; the issuer's own says when its token has ended.
  if (!claims || claims.exp <= provider.clock() || !concerns(client, claims)) return undefined;
  const permissions = await findPermissions(provider, claims);
  if (!permissions) return undefined;
  const { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr } = claims;
  const shown = { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr };
  const isForApi = claims.aud !== provider.issuer;
  return { token_type: 'Bearer', ...shown, ...(isForApi && { permissions }) };
}

function concerns({ clientId, resources }: Client, claims: AccessTokenClaims): boolean {
  return claims.client_id === clientId || resources.includes(claims.aud);
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
  const question = { access: provider.access, audience: claims.aud, allowed: holder.permissions, scope: [] };
  const isAlone = grantIdOf(claims.jti) === undefined;
  const held = await (isAlone ? heldByClient : heldByPerson)(provider, claims, question);
  return held && claims.permissions.filter((permission) => held.includes(permission));
}

type Question = Omit<AccessQuestion, 'roles'>;

/** A token that a client got for itself ends with its time, or when it is revoked. */
async function heldByClient({ store }: Provider, { jti }: AccessTokenClaims, question: Question) {
  return (await store.isTokenRevoked(jti)) ? undefined : scopeAt(question);
}

async function heldByPerson(provider: Provider, claims: AccessTokenClaims, question: Question) {
  const standing = await findStanding(provider, claims);
  return standing && decideAccess({ ...question, roles: standing.person.roles }).permissions;
}

/** Only the current token of a family is active; one that was rotated may get its answer again, and no more. */
async function describeRefreshToken(
  provider: Provider,
  client: Client,
  token: RefreshToken,
): Promise<Description | undefined> {
  const family = await provider.store.findFamily(token.familyHash, provider.clock());
  if (family?.currentHash !== token.tokenHash || family.grant.clientId !== client.clientId) return undefined;
  const { grant } = family;
  return {
    iss: provider.issuer,
    sub: grant.sub,
    client_id: grant.clientId,
    scope: grant.scope.join(' '),
    exp: grant.expiresAt,
    sid: grant.sid,
    auth_time: grant.details.authTime,
  };
}
