import {
  type AccessTokenClaims,
  type ActorClaim,
  leftHalfHash,
  signAccessToken,
  signIdToken,
} from '@sso/auth/tokens';
import { permissionsOfGrant } from '../../access/grant-reach.ts';
import { signingAlgorithmOf, grantedPermissions } from '../../access/granted-permissions.ts';
import type { Client } from '../../clients/client.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../foundation/lifetimes.ts';
import { randomId, sha256 } from '../../foundation/secrets.ts';
import { claimsOf, IDENTITY_SCOPES } from '../../identity/claims.ts';
import type { Provider } from '../../provider.ts';
import type { ActiveGrant } from '../../store/index.ts';
import type { Settled } from './settled.ts';
import { permissionsOfChain } from './acting-clients.ts';
import { createChildJti, createClientJti, createJti } from './jti.ts';
import type { ReaderNames } from './token-names.ts';

/** Who an access token is for and what it may say. */
export interface AccessTokenOptions extends Pick<Settled<ActiveGrant>, 'grant' | 'person' | 'issuedAt'> {
  readonly client: Client;
  /** Exactly one: an audience of the contract, or the issuer. */
  readonly audience: string;
  /** What was asked for: exactly this part of the grant, which may be nothing of this audience. Undefined: all of it. */
  readonly scope: readonly string[] | undefined;
  /** The thumbprint of the key that it is bound to (RFC 9449 §6.1). */
  readonly jkt?: string | undefined;
  /** Who acts for the person (RFC 8693 §4.1): missing where the client speaks for itself. */
  readonly act?: ActorClaim | undefined;
  /** The token that it is exchanged for: it ends no later, and is revoked with that one. */
  readonly parent?: Pick<AccessTokenClaims, 'jti' | 'exp'> | undefined;
}

export interface IssuedAccessToken {
  readonly token: string;
  /** What the token's `scope` says. */
  readonly scope: readonly string[];
  /** Integer seconds. */
  readonly expiresIn: number;
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
  const exp = expiryOf(provider, request);
  const token = await sign(provider, audience, {
    ...names,
    client_id: client.clientId,
    iat: request.issuedAt,
    exp,
    jti: await keptJti(provider, request, exp),
    auth_time: grant.details.authTime,
    acr: grant.details.acr,
    scope: decided.scope.join(' '),
    ...(request.act && { act: request.act }),
    ...boundTo(request.jkt),
    ...(decided.permissions && { permissions: decided.permissions }),
  });
  return { token, scope: decided.scope, expiresIn: exp - provider.clock() };
}

function expiryOf({ lifetimes }: Provider, { parent, issuedAt }: AccessTokenOptions): number {
  const end = issuedAt + lifetimes.accessTokenSeconds;
  return parent ? Math.min(end, Math.floor(parent.exp)) : end;
}

/** An id of which the provider knows what the request behind the token could reach; see `grants/token-exchange.ts`. */
async function keptJti(
  { store }: Provider,
  { grant, scope, parent }: AccessTokenOptions,
  exp: number,
): Promise<string> {
  if (parent) return createChildJti(parent.jti);
  if (scope === undefined) return createJti(grant.id, 'all');
  const newId = randomId(8);
  const narrowedId = await store.keepNarrowedScope({
    grantId: grant.id,
    scope,
    scopeHash: sha256(JSON.stringify([...new Set(scope)].toSorted())),
    newId,
    expiresAt: exp + CLOCK_TOLERANCE_SECONDS,
  });
  // A scope that is one too many is not kept, and its token exchanged for nothing.
  return createJti(grant.id, { narrowedId: narrowedId ?? newId });
}

/** Signs an access token that a client gets for itself: it is its own subject (RFC 9068 §2.2), nobody signed in. */
export function issueClientAccessToken(
  provider: Provider,
  { clientId }: Client,
  audience: string,
  scope: readonly string[],
  jkt: string | undefined,
): Promise<string> {
  const iat = provider.clock();
  return sign(provider, audience, {
    sub: clientId,
    client_id: clientId,
    iat,
    exp: iat + provider.lifetimes.accessTokenSeconds,
    jti: createClientJti(),
    scope: scope.join(' '),
    permissions: scope,
    ...boundTo(jkt),
  });
}

/** RFC 9449 §5: how the client has to present its token. */
export const tokenTypeOf = (jkt: string | undefined): 'DPoP' | 'Bearer' =>
  jkt === undefined ? 'Bearer' : 'DPoP';

const boundTo = (jkt: string | undefined) => (jkt === undefined ? {} : { cnf: { jkt } });

type TokenClaims = Pick<
  AccessTokenClaims,
  'sub' | 'client_id' | 'iat' | 'exp' | 'jti' | 'sid' | 'auth_time' | 'acr' | 'scope' | 'act' | 'cnf'
> &
  Pick<GrantedScope, 'permissions'>;

function sign(provider: Provider, audience: string, claims: TokenClaims): Promise<string> {
  const key = provider.keys.signingKey(signingAlgorithmOf(provider.access, audience));
  return signAccessToken({ ...claims, iss: provider.issuer, aud: audience }, key);
}

export interface GrantedScope {
  readonly scope: readonly string[];
  readonly permissions?: readonly string[];
}

type ScopeOptions = Omit<AccessTokenOptions, 'issuedAt' | 'parent'>;

/** What an access token says that is issued now. */
export function decideScope(provider: Provider, request: ScopeOptions): GrantedScope {
  return request.audience === provider.issuer ? scopeAtProvider(request) : scopeAtApi(provider, request);
}

/** A token for the provider itself opens userinfo and gives no permission anywhere. */
function scopeAtProvider({ grant, scope }: ScopeOptions): GrantedScope {
  return { scope: identityScopes(scope ?? grant.scope) };
}

/** What was asked for ∩ what was granted: a refresh or exchange that names none of an audience's scopes gets none (K-05). */
function scopeAtApi(
  provider: Provider,
  { grant, person, client, act, audience, scope }: ScopeOptions,
): GrantedScope {
  const { access } = provider;
  const covered = permissionsOfGrant(access, grant, audience);
  const isAsked = (name: string) => scope === undefined || scope.includes(name);
  const allowed = permissionsOfChain(provider, { grant, act, client }).filter(
    (name) => covered.includes(name) && isAsked(name),
  );
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
