import * as oauth from 'oauth4webapi';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { Transaction } from '../../session/index.ts';
import { redirectUriOf } from '../login/authorization-request.ts';
import type { Site } from '../site.ts';
import { askTokenEndpoint } from '../token-endpoint/ask-token-endpoint.ts';
import { findTokenError, toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { readTokenResponse } from '../token-endpoint/read-token-response.ts';
import type { AuthorizationResponse } from './authorization-response.ts';

/**
 * Redeems the code with its verifier (RFC 6749 §4.1.3, RFC 7636 §4.5) and checks the shape of the response. The caller
 * verifies the ID token.
 *
 * @throws AuthError `callback_code` when the provider refuses the code, `code_redemption_failed`, `provider_unavailable`
 */
export async function redeemCode(
  site: Site,
  metadata: ProviderMetadata,
  authorizationResponse: AuthorizationResponse,
  { verifier }: Transaction,
): Promise<oauth.TokenEndpointResponse> {
  const { authentication, tokenRequest } = site.oauth;
  const client = site.oauth.client();
  try {
    const response = await askTokenEndpoint(site, metadata, (proof) =>
      oauth.authorizationCodeGrantRequest(
        metadata,
        client,
        authentication,
        authorizationResponse,
        redirectUriOf(site),
        verifier,
        { ...tokenRequest, ...proof },
      ),
    );
    return await readTokenResponse(site, metadata, response);
  } catch (error) {
    const code = findTokenError(error) === 'invalid_grant' ? 'callback_code' : 'code_redemption_failed';
    throw toTokenEndpointError(error, { code, what: 'the code could not be redeemed' });
  }
}
