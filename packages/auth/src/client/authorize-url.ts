import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { stepUpParameters } from '../foundation/index.ts';
import { sealState, type Transaction } from '../session/index.ts';
import { authPaths } from '../wire/index.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import type { Site } from './site.ts';

export interface Question {
  readonly transaction: Transaction;
  /** A path of this site. */
  readonly returnTo: string;
  /** `none` asks silently, `login` and `select_account` insist on a page (OIDC Core §3.1.2.1). */
  readonly prompt?: Prompt | undefined;
  /** What the person or the page wishes for: `login_hint`, `ui_locales` (OIDC Core §3.1.2.1). */
  readonly wishes?: Readonly<Record<string, string>> | undefined;
}

/** The fourth shows the provider's registration page (Initiating User Registration 1.0). */
export type Prompt = 'none' | 'login' | 'select_account' | 'create';

/** What the site's own configuration must not say otherwise. */
export const ownParameters: readonly string[] = [
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

/** The authorization request (OIDC Core §3.1.2.1, PKCE RFC 7636, RFC 8707) and the hash that events name it by. */
export async function createAuthorizeUrl(
  site: Site,
  provider: ProviderMetadata,
  question: Question,
): Promise<AuthorizeUrl> {
  const { transaction, prompt } = question;
  const state = await sealState(site.sealer, transaction, question.returnTo);
  const url = new URL(provider.authorization_endpoint);
  const parameters = {
    ...site.options.authorizationParameters,
    ...question.wishes,
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

export interface AuthorizeUrl {
  readonly href: string;
  readonly state: string;
}

/** The one registered `redirect_uri`, from configuration (pain 9). */
export function redirectUriOf(site: Site): string {
  return site.baseUrl + authPaths.callback;
}
