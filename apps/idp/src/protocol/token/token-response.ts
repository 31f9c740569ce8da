import { NO_STORE, OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';
import {
  type AccessTokenOptions,
  decideScope,
  identityScopes,
  issueAccessToken,
  issueIdToken,
  tokenTypeOf,
} from './issue-tokens.ts';
import { findOnceReached } from './settled.ts';
import { findTokenNames } from './token-names.ts';

interface TokenResponseOptions extends AccessTokenOptions {
  readonly refreshToken: string | undefined;
  readonly nonce: string | undefined;
}

/**
 * The body of a token response (RFC 6749 §5.1, OIDC Core §3.1.3.3), as the text that goes out.
 *
 * @throws OAuthError invalid_grant where the session has just ended.
 */
export async function renderTokenResponse(provider: Provider, asked: TokenResponseOptions): Promise<string> {
  const names = await findTokenNames(provider, asked);
  const options = names && (await findOnceReached(provider, asked, names));
  if (!options) throw new OAuthError('invalid_grant', 'the session or grant has just ended');
  const access = await issueAccessToken(provider, options, names.accessToken);
  const withIdToken = (options.scope ?? options.grant.scope).includes('openid');
  const idToken = withIdToken
    ? await issueIdToken(provider, options, {
        names: names.idToken,
        accessToken: access.token,
        nonce: options.nonce,
      })
    : undefined;
  return JSON.stringify({
    access_token: access.token,
    token_type: tokenTypeOf(options.jkt),
    expires_in: provider.lifetimes.accessTokenSeconds,
    refresh_token: options.refreshToken,
    id_token: idToken,
    scope: grantedScope(provider, options).join(' '),
  });
}

/** What the `scope` of a response says: of the person and of the API. */
export function grantedScope(provider: Provider, options: Omit<AccessTokenOptions, 'issuedAt'>): string[] {
  const ofPerson = identityScopes(options.scope ?? options.grant.scope);
  return [...new Set([...ofPerson, ...decideScope(provider, options).scope])];
}

/** P-26: tokens are never stored by a cache (RFC 6749 §5.1). */
export function tokenResponse(body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { headers: { 'Content-Type': 'application/json', ...NO_STORE, ...headers } });
}
