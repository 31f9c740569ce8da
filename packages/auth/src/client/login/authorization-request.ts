import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { stepUpParameters } from '../../foundation/index.ts';
import type { ProviderMetadata } from '../../provider/index.ts';
import { sealState, type Transaction } from '../../session/index.ts';
import { authPaths } from '../../wire/index.ts';
import type { Site } from '../site.ts';

/** What one authorization request asks for, beside what every request of the site does. */
export interface AuthorizationRequest {
  readonly transaction: Transaction;
  /** A path of this site. */
  readonly returnTo: string;
  readonly prompt?: Prompt | undefined;
  /** What the person or the page would like: `login_hint`, `ui_locales` (OIDC Core §3.1.2.1). */
  readonly extraParameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * `none` asks silently, `login` and `select_account` insist on a page (OIDC Core §3.1.2.1), `create` shows the provider's
 * registration page (Initiating User Registration 1.0).
 */
export type Prompt = 'none' | 'login' | 'select_account' | 'create';

/** The parameters that this package sets itself: the site's configuration must not set them. */
export const reservedParameters: readonly string[] = [
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'prompt',
  'max_age',
  'acr_values',
  'request',
  'request_uri',
];

export interface AuthorizationUrl {
  readonly href: string;
  readonly state: string;
}

/** The address of an authorization request (OIDC Core §3.1.2.1, PKCE RFC 7636, RFC 8707), and its `state`. */
export async function createAuthorizationUrl(
  site: Site,
  provider: ProviderMetadata,
  request: AuthorizationRequest,
): Promise<AuthorizationUrl> {
  const { transaction, prompt } = request;
  const state = await sealState(site.transactionSealer, transaction, request.returnTo);
  const url = new URL(provider.authorization_endpoint);
  const parameters = {
    ...site.options.authorizationParameters,
    ...request.extraParameters,
    response_type: 'code',
    client_id: site.names.clientId,
    redirect_uri: redirectUriOf(site),
    scope: site.scope,
    state,
    nonce: transaction.nonce,
    code_challenge: await calculatePKCECodeChallenge(transaction.verifier),
    code_challenge_method: 'S256',
    ...(site.audience === undefined ? {} : { resource: site.audience }),
    ...(prompt === undefined ? {} : { prompt }),
    ...stepUpParameters(transaction),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { href: url.href, state };
}

/** The one registered `redirect_uri`, from configuration (pain 9). */
export function redirectUriOf({ baseUrl }: { readonly baseUrl: string }): string {
  return baseUrl + authPaths.callback;
}
