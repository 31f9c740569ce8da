import type { Access } from '@sso/auth/access';
import type { Client } from '../../clients/registration.ts';
import type { Params } from '../../http/params.ts';
import { IDENTITY_SCOPES } from '../../identity/claims.ts';
import type { AuthorizationRequest, Prompt } from '../../pending.ts';
import type { Provider } from '../../provider.ts';
import { requireHintedSub } from '../id-token-hint.ts';
import { requireResource } from '../resources.ts';
import type { Recipient } from './client.ts';
import { requestSteps } from './request-steps.ts';

/**
 * Parses a request whose recipient is certain.
 *
 * @throws OAuthError that goes back to the client.
 */
export async function requireRequest(
  provider: Provider,
  recipient: Recipient,
  params: Params,
): Promise<AuthorizationRequest> {
  const { client, redirectUri } = recipient;
  for (const step of requestSteps) step(params, client);
  const maxAge = params.get('max_age');
  return {
    kind: 'authorize',
    clientId: client.clientId,
    redirectUri,
    state: params.get('state'),
    nonce: params.get('nonce'),
    codeChallenge: params.get('code_challenge'),
    scope: scopeOf(params, client, provider.access),
    resources: resourcesOf(provider, client, params),
    prompt: words(params.get('prompt')).filter(isPrompt),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    loginHint: params.get('login_hint')?.slice(0, 200),
    hintedSub: await requireHintedSub(provider, client, params.get('id_token_hint')),
  };
}

/**
 * P-27: a scope that is unknown, or that the client's registration doesn't hold, is left out, and the token
 * response says which were granted (RFC 6749 §3.3; OIDC Core §3.1.2.1). `offline_access` needs a consent.
 */
function scopeOf(params: Params, client: Client, access: Access): string[] {
  const requested = new Set(words(params.get('scope')));
  const identity = IDENTITY_SCOPES.filter(
    (scope) => scope !== 'offline_access' && client.scope.includes(scope),
  );
  const permissions = Object.values(access.audiences).flatMap((audience) =>
    Object.keys(audience.permissions),
  );
  const allowed = permissions.filter((permission) => client.permissions.includes(permission));
  return [...identity, ...allowed].filter((scope) => requested.has(scope));
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
