import * as oauth from 'oauth4webapi';
import { authError } from '../../foundation/index.ts';
import { type ProviderMetadata, toPlainError } from '../../provider/index.ts';
import type { Site } from '../site.ts';
import { toPlainCode } from '../token-endpoint/token-endpoint-error.ts';

/** The authorization response, checked: the library takes only such a value to the token endpoint. */
export type AuthorizationResponse = URLSearchParams;

/**
 * Requires that this provider answered, and with a code (RFC 6749 §4.1.2, RFC 9207 §2.4). `state` was matched
 * with this browser's own transaction before.
 *
 * @throws AuthError `callback_issuer`, `callback_error`, `callback_code`
 */
export function requireAuthorizationResponse(
  site: Site,
  metadata: ProviderMetadata,
  parameters: URLSearchParams,
): AuthorizationResponse {
  requireOwnIssuer(metadata, parameters);
  try {
    const response = oauth.validateAuthResponse(
      metadata,
      site.oauth.client(),
      parameters,
      oauth.skipStateCheck,
    );
    if (response.getAll('code').length === 1 && response.get('code') !== '') return response;
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw toRefusal(error);
    throw authError(
      'callback_code',
      `the answer at the callback can't be used (${toPlainError(error).message}): start the login again`,
    );
  }
  throw authError('callback_code', 'the answer at the callback holds no single code: start the login again');
}

/** Mix-up (RFC 9207 §2.4): the response must come from the provider that was asked, before the code is sent anywhere. */
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

function toRefusal({ error }: oauth.AuthorizationResponseError) {
  const code = toPlainCode(error);
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
