import { permissionsOfAudience } from '@sso/auth/access';
import type { AccessTokenClaims, ActorClaim } from '@sso/auth/tokens';
import { coversAll } from '../../../access/grant-reach.ts';
import type { Client } from '../../../clients/client.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import type { Provider } from '../../../provider.ts';
import type { ActiveGrant } from '../../../store/index.ts';
import { requireResource } from '../../resources.ts';
import { requireClientsOf } from '../acting-clients.ts';
import { isPublic } from '../client-authentication.ts';
import { namesOf } from '../grant-names.ts';
import { findGrantOfToken } from '../grant-of-token.ts';
import { decideScope, issueAccessToken, tokenTypeOf } from '../issue-tokens.ts';
import { readJti } from '../jti.ts';
import { findOnceReached, findSettled, type Settled } from '../settled.ts';
import { findTokenNames } from '../token-names.ts';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * Exchanges an access token for one with another audience (RFC 8693 §2): a client its own, and an API that is a client
 * itself the one that it was called with, to act for the person (`act`, §4.1). Nothing rotates, so it works
 * where no cookie can be set. T-40: it never widens. It gives what the person holds now ∩ what each client on the way may ∩
 * what the request behind the subject token could reach, until that token's end at the latest.
 */
export async function handleTokenExchange(
  provider: Provider,
  client: Client,
  params: Params,
  jkt: string | undefined,
): Promise<string> {
  requireConfidential(client);
  requireSupportedTypes(params);
  const subject = await requireSubject(provider, client, params.get('subject_token'));
  const audience = requireTargetAudience(provider, client, subject, params);
  const scope = requireScope(provider, client, { ...subject, audience }, params);
  const { active, claims } = subject;
  const names = await findTokenNames(provider, { ...active, client, audience });
  const current = names && (await findOnceReached(provider, active, names));
  if (!current) throw invalidSubjectToken();
  const request = { ...current, client, audience, scope, parent: claims, act: subject.act, jkt };
  const issued = await issueAccessToken(provider, request, names.accessToken);
  provider.observe({
    type: 'token.exchanged',
    ...namesOf(active.grant),
    sid: names.accessToken.sid,
    audience,
    ...(subject.act && { actor: client.clientId }),
  });
  return JSON.stringify({
    access_token: issued.token,
    issued_token_type: ACCESS_TOKEN_TYPE,
    token_type: tokenTypeOf(jkt),
    expires_in: issued.expiresIn,
    scope: issued.scope.join(' '),
  });
}

/** Whoever finds the token of a public client can say to be that client, and would need nothing else. */
function requireConfidential(client: Client): void {
  if (isPublic(client))
    throw new OAuthError('unauthorized_client', 'a public client can’t exchange tokens: it proves nothing');
}

function requireSupportedTypes(params: Params): void {
  if (params.get('subject_token_type') !== ACCESS_TOKEN_TYPE) {
    throw new OAuthError('invalid_request', `subject_token_type is "${ACCESS_TOKEN_TYPE}" here`);
  }
  const wanted = params.get('requested_token_type');
  if (wanted !== undefined && wanted !== ACCESS_TOKEN_TYPE) {
    throw new OAuthError('invalid_request', `requested_token_type is "${ACCESS_TOKEN_TYPE}" here`);
  }
  // Who acts is the client, which has proved itself: a token about another one would name what nobody checked (RFC 8693 §4.1).
  if (params.get('actor_token') !== undefined || params.get('actor_token_type') !== undefined)
    throw new OAuthError(
      'invalid_request',
      'actor_token is not supported: the authenticated client is the actor',
    );
}

/** What the subject token says, and what its request could reach. */
interface Subject {
  readonly claims: AccessTokenClaims;
  readonly active: Settled<ActiveGrant>;
  /** Over all audiences; undefined for the whole grant. */
  readonly reach: readonly string[] | undefined;
  /** Where an API acts for the person whose token it was called with. */
  readonly act: ActorClaim | undefined;
}

/**
 * The subject token: a live access token of ours, issued to this very client for an audience it may use, or one for an
 * audience that this client stands for: its API was called with it. Whoever found a token elsewhere buys nothing with it.
 */
async function requireSubject(
  provider: Provider,
  client: Client,
  token: string | undefined,
): Promise<Subject> {
  if (token === undefined) throw new OAuthError('invalid_request', 'subject_token is missing');
  const claims = await provider.accessTokens.find(token);
  // An API tolerates clocks that differ for some seconds; the issuer's own says when its token has ended.
  if (!claims || claims.exp <= provider.clock()) throw invalidSubjectToken();
  const act = requireRole(provider, client, claims);
  const reach = await requireReach(provider, claims, act);
  const active = await findSettled(provider, () => findGrantOfToken(provider, claims));
  if (!active) throw invalidSubjectToken();
  return { claims, active, reach, act };
}

/** How the client comes by the token: undefined for its own, the actor of the new one for a token of its API's caller. */
function requireRole(
  { issuer, clients }: Provider,
  { clientId, resources }: Client,
  { aud, client_id, act }: AccessTokenClaims,
): ActorClaim | undefined {
  if (client_id === clientId && (aud === issuer || resources.includes(aud))) return undefined;
  if (client_id === clientId || clients.findClientOfAudience(aud)?.clientId !== clientId)
    throw invalidSubjectToken();
  return { sub: clientId, ...(act && { act }) };
}

/** An exchange by the token's own client, and one by the API that it called; or two APIs one behind the other. */
const MOST_STEPS = 2;

/**
 * What the request behind a token could reach. The token's own `scope` doesn't say it, since that names one audience
 * only. An exchanged token is no subject but for the API that it was meant for, and of a token of an earlier release nobody
 * knows.
 */
async function requireReach(
  { store }: Provider,
  { jti }: AccessTokenClaims,
  act: Subject['act'],
): Promise<Subject['reach']> {
  const { grantId, reach, ancestors } = readJti(jti);
  if (ancestors.length > 0 && !act)
    throw new OAuthError(
      'invalid_request',
      'the subject_token was itself exchanged: exchange your own token',
    );
  if (ancestors.length >= MOST_STEPS)
    throw new OAuthError('invalid_request', 'the subject_token has come through too many hands');
  if (reach === undefined || grantId === undefined) throw invalidSubjectToken();
  if (reach === 'all') return undefined;
  const scope = await store.findNarrowedScope(grantId, reach.narrowedId);
  if (!scope) throw invalidSubjectToken();
  return scope;
}

/**
 * One other audience of the contract. A token for the provider itself comes from the client's own grant, and one for the
 * same audience would only live longer.
 */
function requireTargetAudience(
  provider: Provider,
  client: Client,
  { claims, active, act }: Subject,
  params: Params,
): string {
  const targets = [...params.all('resource'), ...params.all('audience')];
  const [target] = targets;
  if (target === undefined) throw new OAuthError('invalid_request', 'resource is missing');
  if (targets.length > 1 || target === provider.issuer)
    throw new OAuthError('invalid_target', 'name one API as resource');
  if (target === claims.aud)
    throw new OAuthError('invalid_target', 'the subject_token is for this resource already');
  for (const one of requireClientsOf(provider, { grant: active.grant, act, client })) {
    // A first-party client may use every resource of its metadata, a third-party one those that the person allowed.
    if (!one.firstParty && !active.grant.resources.includes(target))
      throw new OAuthError('invalid_target', 'the person did not allow this client this resource');
    requireResource(provider, one, target);
  }
  return target;
}

/**
 * The scope to issue: undefined for all that the subject reaches.
 *
 * @throws OAuthError invalid_target where that gives nothing at this audience, invalid_scope where the part that is asked
 *   for gives nothing (K-05).
 */
function requireScope(
  provider: Provider,
  client: Client,
  { active, reach, act, audience }: Subject & { readonly audience: string },
  params: Params,
): readonly string[] | undefined {
  const gives = (scope: readonly string[] | undefined) => {
    const { permissions = [] } = decideScope(provider, { ...active, client, act, audience, scope });
    return (
      permissions.length > 0 || (scope === undefined && isWithoutPermissions(provider, active, audience))
    );
  };
  if (!gives(reach))
    throw new OAuthError('invalid_target', 'the subject_token reaches nothing at this resource');
  const asked = params.get('scope')?.split(' ').filter(Boolean);
  const scope = asked?.filter((name) => reach?.includes(name) ?? true) ?? reach;
  if (!gives(scope))
    throw new OAuthError('invalid_scope', 'nothing of this scope was granted at this resource');
  return scope;
}

/** An API that defines no permissions learns who calls, and can learn no more. */
function isWithoutPermissions({ access }: Provider, { grant }: ActiveGrant, audience: string): boolean {
  return permissionsOfAudience(access, audience).length === 0 && coversAll(access, grant, audience);
}

/** RFC 8693 §2.2.2 wants invalid_request for a subject token that is invalid or not acceptable. */
function invalidSubjectToken(): OAuthError {
  return new OAuthError(
    'invalid_request',
    'the subject_token is neither a live access token of this client nor one that its API was called with',
  );
}
