import type { AccessContract } from '@sso/auth/access';
import type { Client } from '../../clients/client.ts';
import { GRANT_TYPES } from '../../clients/metadata-values.ts';
import { allPermissions } from '../../access/grant-reach.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import { IDENTITY_SCOPES } from '../../identity/claims.ts';
import type { AuthorizationRequest, Prompt } from '../../store/index.ts';
import type { Provider } from '../../provider.ts';
import { requireStorable } from '../request-bounds.ts';
import { requireHintedSub } from '../id-token-hint.ts';
import { requireResource } from '../resources.ts';
import { intersect, parseClaimsParameter } from './claims-parameter.ts';
import type { RedirectTarget } from './redirect-target.ts';
import { requestSteps } from './request-steps.ts';

/**
 * Parses a request whose client and redirect URI are certain.
 *
 * @throws OAuthError that goes back to the client.
 */
export async function requireAuthorizationRequest(
  provider: Provider,
  target: RedirectTarget,
  params: Params,
): Promise<AuthorizationRequest> {
  const { client, redirectUri } = target;
  for (const step of requestSteps) step(params, client);
  const maxAge = params.get('max_age');
  const prompt = words(params.get('prompt')).filter(isPrompt);
  const claims = parseClaimsParameter(params.get('claims'), client);
  const hintedSub = await requireHintedSub(provider, client, params.get('id_token_hint'));
  const scope = scopeOf(params, client, provider.access, prompt);
  return requireStorable({
    kind: 'authorize',
    clientId: client.clientId,
    redirectUri,
    state: params.get('state'),
    responseMode: params.get('response_mode') === 'form_post' ? 'form_post' : 'query',
    nonce: params.get('nonce'),
    codeChallenge: params.get('code_challenge'),
    dpopJkt: params.get('dpop_jkt'),
    scope,
    droppedScope: droppedScope(words(params.get('scope')), scope, allPermissions(provider.access)),
    resources: resourcesOf(provider, client, params),
    prompt,
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    loginHint: params.get('login_hint')?.slice(0, 200),
    expectedSubs: requireSameSubjects(hintedSub, claims.subs),
    claims: { idToken: claims.idToken, userinfo: claims.userinfo },
    requiredAcr: claims.requiredAcr,
  });
}

/**
 * P-27: a scope that is unknown, or that the client's registration doesn't hold, is left out, and the token
 * response says which were granted (RFC 6749 §3.3; OIDC Core §3.1.2.1).
 */
function scopeOf(
  params: Params,
  client: Client,
  access: AccessContract,
  prompt: readonly Prompt[],
): string[] {
  const requested = new Set(words(params.get('scope')));
  const identity = IDENTITY_SCOPES.filter(
    (scope) =>
      client.scope.includes(scope) && (scope !== 'offline_access' || mayRequestOfflineAccess(client, prompt)),
  );
  const allowed = allPermissions(access).filter((permission) => client.permissions.includes(permission));
  return [...identity, ...allowed].filter((scope) => requested.has(scope));
}

const MAX_DROPPED_NAMES = 50;
const MAX_DROPPED_LENGTH = 200;

/**
 * Many clients send their whole configured scope again at every refresh, so what was left out is remembered with the
 * grant. The bounds keep a request from filling the database; a permission of an API is never lost by them, since a
 * resource of which none is named is asked for as a whole.
 */
function droppedScope(
  requested: readonly string[],
  scope: readonly string[],
  permissions: readonly string[],
): string[] {
  const dropped = [...new Set(requested)].filter((name) => !scope.includes(name));
  const known = dropped.filter((name) => permissions.includes(name));
  const unknown = dropped.filter((name) => !known.includes(name) && name.length <= MAX_DROPPED_LENGTH);
  return [...known, ...unknown.slice(0, MAX_DROPPED_NAMES)];
}

/** `offline_access` needs a client that may refresh, and `prompt=consent` (OIDC Core §11). */
function mayRequestOfflineAccess({ grantTypes }: Client, prompt: readonly Prompt[]): boolean {
  return prompt.includes('consent') && grantTypes.includes(GRANT_TYPES.refresh);
}

/** `id_token_hint` and a `sub` in the `claims` parameter can't name different people. */
function requireSameSubjects(
  hinted: string | undefined,
  claimed: readonly string[] | undefined,
): readonly string[] | undefined {
  const expected = intersect(hinted === undefined ? undefined : [hinted], claimed);
  if (expected?.length !== 0) return expected;
  throw new OAuthError('login_required', 'id_token_hint and claims name different people');
}

function resourcesOf(provider: Provider, client: Client, params: Params): string[] {
  const resources = params.all('resource').map((resource) => requireResource(provider, client, resource));
  return [...new Set(resources)].filter((resource) => resource !== provider.issuer);
}

function isPrompt(word: string): word is Prompt {
  return word === 'none' || word === 'login' || word === 'consent' || word === 'select_account';
}

function words(value: string | undefined): string[] {
  return (value ?? '').split(' ').filter(Boolean);
}
