import { errorUri } from './error-uri.ts';

/**
 * The `error` values this provider sends (RFC 6749 §4.1.2.1, §5.2; OIDC Core §3.1.2.6; RFC 8707 §2; RFC 9449 §5, §8; OpenID Connect
 * Core Error Code unmet_authentication_requirements).
 */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'interaction_required'
  | 'login_required'
  | 'account_selection_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'unmet_authentication_requirements'
  | 'invalid_target'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_token'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata';

/** An error on the wire. One mapper turns it into a response; nothing in it is secret. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: OAuthErrorCode,
    description: string,
    options: { status?: number; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(description, { cause: options.cause });
    this.name = 'OAuthError';
    this.code = code;
    this.status = options.status ?? 400;
    this.headers = options.headers ?? {};
  }
}

/** What says an error on the wire: `error`, `error_description`, and `error_uri`, which explains the code. */
export function errorParameters(issuer: string, error: OAuthError): Readonly<Record<string, string>> {
  return {
    error: error.code,
    error_description: wireText(error.message),
    error_uri: errorUri(issuer, error.code),
  };
}

/** RFC 6749 §5.2: the body of a refused token request. Never cached. */
export function oauthErrorResponse(issuer: string, error: OAuthError): Response {
  return Response.json(errorParameters(issuer, error), {
    status: error.status,
    headers: { ...error.headers, ...NO_STORE },
  });
}

export const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const;

/** `error_description` takes %x20-21 / %x23-5B / %x5D-7E only (RFC 6749 §5.2). */
export function wireText(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll('’', "'")
    .replaceAll('§', 'section ')
    .replace(/[^\x20-\x7e]/g, '?');
}
