import type { AccessToken } from '@sso/auth/resource';
import type { AccessTokenClaims } from '@sso/auth/tokens';
import { clientScopeAt } from '../access/granted-permissions.ts';
import type { Client } from '../clients/client.ts';
import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { readSingleForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { requireConfidentialClient } from './token/client-authentication.ts';
import { parseRefreshToken, type RefreshToken } from './token/refresh-token-format.ts';
import { isResourceOf } from './resources.ts';
import { findGrantOfToken } from './token/grant-of-token.ts';
import { decideScope, type GrantedScope, tokenTypeOf } from './token/issue-tokens.ts';
import { findCurrent } from './token/settled.ts';
import { readJti } from './token/jti.ts';
import { withinConsent } from './token/within-consent.ts';

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
  const left = await findWhatIsLeft(provider, claims);
  if (!left) return undefined;
  const { iss, sub, aud, client_id, exp, iat, jti, sid, auth_time, acr, act, cnf } = claims;
  const scope = left.scope.join(' ');
  const shown = { iss, sub, aud, client_id, scope, exp, iat, jti, sid, auth_time, acr, act, cnf };
  const { permissions } = left;
  return { token_type: tokenTypeOf(cnf?.jkt), ...shown, ...(permissions && { permissions }) };
}

function mayIntrospect({ clients }: Provider, { clientId }: Client, claims: AccessTokenClaims): boolean {
  return claims.client_id === clientId || clients.findClientOfAudience(claims.aud)?.clientId === clientId;
}

/**
 * What the token gives now: what was withdrawn since it was signed counts no more, and a token whose grant has ended gives
 * nothing, not even to be called active (T-36, T-38).
 */
async function findWhatIsLeft(provider: Provider, claims: AccessToken): Promise<GrantedScope | undefined> {
  const holder = provider.clients.find(claims.client_id);
  if (!holder || !isResourceOf(provider, holder, claims.aud)) return undefined;
  const isClientItself = readJti(claims.jti).grantId === undefined;
  const held = await (isClientItself ? heldByClient : heldByPerson)(provider, claims, holder);
  const scope = (claims.scope ?? '').split(' ').filter((name) => held?.scope.includes(name));
  const permissions =
    held?.permissions && claims.permissions.filter((one) => held.permissions?.includes(one));
  return held && { scope, ...(permissions && { permissions }) };
}

/** A token that a client got for itself ends with its time, or when it is revoked. */
async function heldByClient(
  { store, access }: Provider,
  { jti, aud }: AccessToken,
  { permissions: allowed }: Client,
): Promise<GrantedScope | undefined> {
  if (await store.isTokenRevoked(jti)) return undefined;
  const scope = clientScopeAt({ access, audience: aud, allowed, scope: [] });
  return { scope, permissions: scope };
}

async function heldByPerson(
  provider: Provider,
  claims: AccessToken,
  client: Client,
): Promise<GrantedScope | undefined> {
  const active = await findCurrent(provider, () => findGrantOfToken(provider, claims));
  return (
    active &&
    decideScope(provider, { ...active, client, act: claims.act, audience: claims.aud, scope: undefined })
  );
}

/** Only the current token of a family is active. A rotated one can at most repeat its last response. */
async function describeRefreshToken(
  provider: Provider,
  client: Client,
  token: RefreshToken,
): Promise<TokenDescription | undefined> {
  const found = await provider.store.findRefreshTokenFamily(token.familyHash, provider.clock());
  const family = found && withinConsent(provider, found);
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
