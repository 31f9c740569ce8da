import * as oauth from 'oauth4webapi';
import { authError } from '../foundation/index.ts';
import type { Transaction } from '../session/index.ts';
import { redirectUriOf } from './authorize-url.ts';
import { plainCode, tokenCallFailure, tokenErrorOf, withoutSecrets } from './oauth-failure.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import type { Site } from './site.ts';

/** The provider's answer at the callback, checked; only such a value reaches the token endpoint. */
export type Answer = URLSearchParams;

/**
 * Requires that this provider answered, and with a code (RFC 6749 §4.1.2, RFC 9207 §2.4). `state` was matched
 * with this browser's own transaction before.
 *
 * @throws AuthError `callback_issuer`, `callback_error`, `callback_code`
 */
export function requireAnswer(site: Site, metadata: ProviderMetadata, parameters: URLSearchParams): Answer {
  requireOwnIssuer(metadata, parameters);
  try {
    const answer = oauth.validateAuthResponse(
      metadata,
      site.oauth.client(),
      parameters,
      oauth.skipStateCheck,
    );
    if (answer.getAll('code').length === 1 && answer.get('code') !== '') return answer;
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw refusal(error);
    throw authError(
      'callback_code',
      `the answer at the callback can't be used (${withoutSecrets(error).message}): start the login again`,
    );
  }
  throw authError('callback_code', 'the answer at the callback holds no single code: start the login again');
}

/** Mix-up (RFC 9207 §2.4): before anything is sent anywhere, the answer must come from the provider that was asked. */
function requireOwnIssuer(metadata: ProviderMetadata, parameters: URLSearchParams): void {
  const [issuer, ...more] = parameters.getAll('iss');
  const required = metadata.authorization_response_iss_parameter_supported === true;
  if (more.length === 0 && (issuer === metadata.issuer || (issuer === undefined && !required))) return;
  const found =
    more.length > 0 ? 'appears twice' : issuer === undefined ? 'is missing' : 'names another provider';
  throw authError(
    'callback_issuer',
    `"iss" of the answer at the callback ${found}; this site asked ${metadata.issuer}: start the login again`,
  );
}

function refusal({ error }: oauth.AuthorizationResponseError) {
  const code = plainCode(error);
  const transient = code === 'temporarily_unavailable' || code === 'server_error';
  return authError('callback_error', `the provider answered ${code} to the login`, {
    transient,
    cause: new ProviderRefusal(code),
  });
}

/** Carries the provider's `error` to the event; its description is never read (P-18). */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';
  readonly error: string;
  constructor(error: string) {
    super(error);
    this.error = error;
  }
}

/**
 * Redeems the code with its verifier (RFC 6749 §4.1.3, RFC 7636 §4.5) and checks the shape of the answer and the
 * ID token's claims; its signature is verified by the caller.
 *
 * @throws AuthError `callback_code` when the provider refuses the code, `code_redemption_failed`, `provider_unavailable`
 */
export async function redeemCode(
  site: Site,
  metadata: ProviderMetadata,
  answer: Answer,
  { nonce, verifier }: Transaction,
): Promise<oauth.TokenEndpointResponse> {
  const { authentication, tokenRequest } = site.oauth;
  const client = site.oauth.client();
  try {
    const response = await oauth.authorizationCodeGrantRequest(
      metadata,
      client,
      authentication,
      answer,
      redirectUriOf(site),
      verifier,
      tokenRequest,
    );
    return await oauth.processAuthorizationCodeResponse(metadata, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
  } catch (error) {
    const code = tokenErrorOf(error) === 'invalid_grant' ? 'callback_code' : 'code_redemption_failed';
    throw tokenCallFailure(error, { code, what: 'the code could not be redeemed' });
  }
}
