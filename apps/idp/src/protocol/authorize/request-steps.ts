import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import { requireBoundedParameters } from '../request-bounds.ts';

/** Checks one thing of an authorization request. @throws OAuthError */
type RequestStep = (params: Params, client: Client) => void;

/**
 * The checks of a request whose client and redirect URI are certain, in this order. Each error goes back to the
 * client (RFC 6749 §4.1.2.1).
 */
export const requestSteps: readonly RequestStep[] = [
  refuseRepeatedParameters,
  refuseRequestObjects,
  requireBoundedParameters,
  requireCodeResponseType,
  requireAllowedResponseMode,
  requireSendableState,
  requireCodeGrant,
  requirePkce,
  requireThumbprint,
  requireKnownPrompt,
  requireIntegerMaxAge,
];

/** P-02: parsers differ in which of two values they take, and attackers use that (RFC 6749 §3.1). */
function refuseRepeatedParameters(params: Params): void {
  const [repeated] = params.repeated();
  if (repeated !== undefined) throw new OAuthError('invalid_request', `${repeated} was sent more than once`);
}

/** P-22: nothing is fetched from an address in a request (OIDC Core §3.1.2.6; SSRF). */
function refuseRequestObjects(params: Params): void {
  if (params.get('request') !== undefined) {
    throw new OAuthError(
      'request_not_supported',
      'send the parameters themselves instead of a request object',
    );
  }
  if (params.get('request_uri') !== undefined) {
    throw new OAuthError(
      'request_uri_not_supported',
      'send the parameters themselves instead of request_uri',
    );
  }
  if (params.get('registration') !== undefined) {
    throw new OAuthError('registration_not_supported', 'register the client instead');
  }
}

/** P-03: tokens in a front-channel response leak by history, logs and referrers (RFC 9700 §2.1.2). */
function requireCodeResponseType(params: Params): void {
  const responseType = params.get('response_type');
  if (responseType === undefined)
    throw new OAuthError('invalid_request', 'response_type is missing; it is "code"');
  if (responseType !== 'code')
    throw new OAuthError('unsupported_response_type', 'response_type is "code" here');
}

/** P-04: an attacker could choose a response mode that the client never uses (ASVS 10.4.12). */
function requireAllowedResponseMode(params: Params, client: Client): void {
  const mode = params.get('response_mode') ?? 'query';
  if (!client.responseModes.some((allowed) => allowed === mode))
    throw new OAuthError('invalid_request', `response_mode is one of: ${client.responseModes.join(', ')}`);
}

/** P-28: a form turns one kind of line break into another, so that such a state wouldn't come back as it was. */
function requireSendableState(params: Params): void {
  if (params.get('response_mode') === 'form_post' && /[\r\n\0]/.test(params.get('state') ?? ''))
    throw new OAuthError('invalid_request', 'with form_post the state holds no line break');
}

function requireCodeGrant(_params: Params, client: Client): void {
  if (!client.grantTypes.includes('authorization_code')) {
    throw new OAuthError('unauthorized_client', 'the client is not registered for authorization_code');
  }
}

const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** P-08: a code that leaks is worth nothing without the verifier; `plain` would show it (RFC 9700 §2.1.1). */
function requirePkce(params: Params, client: Client): void {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === undefined) {
    if (client.requirePkce || method !== undefined) {
      throw new OAuthError(
        'invalid_request',
        'code_challenge is missing; PKCE with S256 is required (RFC 7636)',
      );
    }
    return;
  }
  if (method !== 'S256')
    throw new OAuthError('invalid_request', 'code_challenge_method is "S256" here (RFC 7636)');
  if (!S256_CHALLENGE.test(challenge)) {
    throw new OAuthError(
      'invalid_request',
      'code_challenge is not the base64url of a SHA-256 (RFC 7636 section 4.2)',
    );
  }
}

/** RFC 9449 §10. */
function requireThumbprint(params: Params): void {
  const jkt = params.get('dpop_jkt');
  if (jkt !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(jkt))
    throw new OAuthError('invalid_request', 'dpop_jkt is not the SHA-256 thumbprint of a key (RFC 9449 §10)');
}

const PROMPTS = new Set(['none', 'login', 'consent', 'select_account']);

/** P-19: a prompt that nobody knows must not pass as none, and `none` can't go with a page (OIDC Core §3.1.2.1). */
function requireKnownPrompt(params: Params): void {
  const prompts = (params.get('prompt') ?? '').split(' ').filter(Boolean);
  const unknown = prompts.find((prompt) => !PROMPTS.has(prompt));
  if (unknown !== undefined) throw new OAuthError('invalid_request', 'prompt has an unknown value');
  if (prompts.includes('none') && prompts.length > 1) {
    throw new OAuthError('invalid_request', 'prompt=none stands alone');
  }
}

/** P-20: a `max_age` that can't be read must not pass as none: the person would not be asked again. */
function requireIntegerMaxAge(params: Params): void {
  const maxAge = params.get('max_age');
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    throw new OAuthError('invalid_request', 'max_age is a whole number of seconds');
  }
}
