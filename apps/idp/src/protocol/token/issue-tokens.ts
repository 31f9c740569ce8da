import { permissionsOfAudience } from '@sso/auth/access';
import { type AccessTokenClaims, leftHalfHash, signAccessToken, signIdToken } from '@sso/auth/tokens';
import { signingAlgorithmOf, grantedPermissions } from '../../access/granted-permissions.ts';
import type { Client } from '../../clients/client.ts';
import { claimsOf, IDENTITY_SCOPES } from '../../identity/claims.ts';
import type { Provider } from '../../provider.ts';
import type { ActiveGrant } from '../../store/index.ts';
import { createJti } from './jti.ts';
import type { ReaderNames } from './token-names.ts';

/** Who an access token is for and what it may say. */
export interface AccessTokenOptions extends ActiveGrant {
  readonly client: Client;
  /** Exactly one: an audience of the contract, or the issuer. */
  readonly audience: string;
  /** What was asked for: exactly this part of the grant, which may be nothing of this audience. Undefined: all of it. */
  readonly scope: readonly string[] | undefined;
}

export interface IssuedAccessToken {
  readonly token: string;
  /** What the token's `scope` says. */
  readonly scope: readonly string[];
}

/**
 * Signs an RFC 9068 access token: one audience, minutes of life, permissions as the person holds them now.
 *
 * @param names by which its reader knows person and session.
 */
export async function issueAccessToken(
  provider: Provider,
  request: AccessTokenOptions,
  names: ReaderNames,
): Promise<IssuedAccessToken> {
  const { grant, client, audience } = request;
  const decided = decideScope(provider, request);
  const token = await sign(provider, audience, {
    ...names,
    client_id: client.clientId,
    jti: createJti(grant.id),
    auth_time: grant.details.authTime,
    acr: grant.details.acr,
    scope: decided.scope.join(' '),
    ...(decided.permissions && { permissions: decided.permissions }),
  });
  return { token, scope: decided.scope };
}

/** Signs an access token that a client gets for itself: it is its own subject (RFC 9068 §2.2), nobody signed in. */
export function issueClientAccessToken(
  provider: Provider,
  { clientId }: Client,
  audience: string,
  scope: readonly string[],
): Promise<string> {
  return sign(provider, audience, {
    sub: clientId,
    client_id: clientId,
    jti: createJti(),
    scope: scope.join(' '),
    permissions: scope,
  });
}

type TokenClaims = Pick<
  AccessTokenClaims,
  'sub' | 'client_id' | 'jti' | 'sid' | 'auth_time' | 'acr' | 'scope'
> &
  Pick<GrantedScope, 'permissions'>;

function sign(provider: Provider, audience: string, claims: TokenClaims): Promise<string> {
  const now = provider.clock();
  const times = { iat: now, exp: now + provider.lifetimes.accessTokenSeconds };
  const key = provider.keys.signingKey(signingAlgorithmOf(provider.access, audience));
  return signAccessToken({ ...claims, iss: provider.issuer, aud: audience, ...times }, key);
}

interface GrantedScope {
  readonly scope: readonly string[];
  readonly permissions?: readonly string[];
}

/** What an access token says that is issued now. */
export function decideScope(provider: Provider, request: AccessTokenOptions): GrantedScope {
  return request.audience === provider.issuer ? scopeAtProvider(request) : scopeAtApi(provider, request);
}

/** A token for the provider itself opens userinfo and gives no permission anywhere. */
function scopeAtProvider({ grant, scope }: AccessTokenOptions): GrantedScope {
  return { scope: identityScopes(scope ?? grant.scope) };
}

/**
 * What was asked for ∩ what was granted. A grant that names no scope of an audience covers all of it; a refresh or
 * exchange that names none of them gets none (K-05).
 */
function scopeAtApi(
  { access }: Provider,
  { grant, person, client, audience, scope }: AccessTokenOptions,
): GrantedScope {
  const named = permissionsOfAudience(access, audience).filter((name) => grant.scope.includes(name));
  const isCovered = (name: string) => named.length === 0 || named.includes(name);
  const isAsked = (name: string) => scope === undefined || scope.includes(name);
  const allowed = client.permissions.filter((name) => isCovered(name) && isAsked(name));
  return grantedPermissions({ access, audience, roles: person.roles, allowed, scope: [] });
}

interface IdTokenOptions {
  /** By which the client knows person and session. */
  readonly names: ReaderNames;
  readonly accessToken: string;
  /** Of the authorization request; a refreshed ID token has none (OIDC Core §12.2). */
  readonly nonce: string | undefined;
}

/**
 * Signs an ID token. It carries the claims of the scopes, since a client whose access token is for an API
 * has none for userinfo.
 */
export async function issueIdToken(
  provider: Provider,
  { grant, person, client, scope }: Omit<AccessTokenOptions, 'audience'>,
  { names, accessToken, nonce }: IdTokenOptions,
): Promise<string> {
  const now = provider.clock();
  const { authTime, acr, amr, claims } = grant.details;
  return signIdToken(
    {
      ...claimsOf(person, scope ?? grant.scope, claims?.idToken),
      iss: provider.issuer,
      ...names,
      aud: client.clientId,
      iat: now,
      exp: now + provider.lifetimes.idTokenSeconds,
      auth_time: authTime,
      acr,
      amr: [...amr],
      at_hash: await leftHalfHash(accessToken, client.idTokenAlg),
      ...(nonce !== undefined && { nonce }),
    },
    provider.keys.signingKey(client.idTokenAlg),
  );
}

export function identityScopes(scope: readonly string[]): string[] {
  return IDENTITY_SCOPES.filter((name) => scope.includes(name));
}
