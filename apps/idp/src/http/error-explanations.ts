import { errorExplanations, type ErrorExplanation } from '@sso/auth';
import type { OAuthErrorCode } from './oauth-error.ts';

/** What the provider's own answers mean. `docs/errors.md` and the pages at `/errors/…` are made from this table. */
export const oauthErrorExplanations = {
  invalid_request: {
    cause: 'A parameter is missing, malformed, too long, or was sent twice. The description names it.',
    fix: 'Send each parameter once, in a form: `application/x-www-form-urlencoded`.',
  },
  invalid_client: {
    cause:
      'The client is unknown, or did not prove who it is in the way it is registered for. What is wrong is not told, since anybody may ask. With status 429 too many wrong secrets came before, and this one was not looked at.',
    fix: 'Compare client id, secret and `token_endpoint_auth_method` with the registration; send the secret in one way, in the header or in the body. After a 429 wait for the seconds that `Retry-After` names.',
  },
  invalid_grant: {
    cause:
      'The code or refresh token is unknown, expired, used before, or another client’s, or the sign-on session behind it has ended.',
    fix: 'Begin a new sign-in. If it happens often: does each code and each refresh token reach the token endpoint once, and do `redirect_uri` and `code_verifier` equal those of the login?',
  },
  unauthorized_client: {
    cause: 'The client is not registered for this grant type.',
    fix: 'Add it to `grant_types` in the registration.',
  },
  unsupported_grant_type: {
    cause: 'The token endpoint does not know this `grant_type`.',
    fix: 'Use one of `grant_types_supported` in the discovery document.',
  },
  unsupported_response_type: {
    cause: 'The authorization endpoint answers with a code and with nothing else.',
    fix: 'Ask with `response_type=code` and PKCE.',
  },
  invalid_scope: {
    cause: 'A refresh names a scope that its login never asked for, or nothing of the scope is granted.',
    fix: 'Leave `scope` out of the refresh, or name part of what the login asked for. Ask for more in a new login.',
  },
  invalid_target: {
    cause:
      'The `resource` is unknown, not among those of the client, not part of the grant, or several were named where one counts (RFC 8707). At a token exchange: the subject token is for it already, or reaches nothing there.',
    fix: 'Name one API that the registration lists in `resources` and that the login asked for. For a token of userinfo refresh with the issuer as `resource`.',
  },
  access_denied: {
    cause: 'The person cancelled, or allowed nothing of what was asked for.',
    fix: 'That is their choice. Offer a way to go on without, or to begin again.',
  },
  login_required: {
    cause:
      'The request may show no page (`prompt=none`) and nobody is signed in, or somebody else than it names.',
    fix: 'Begin a login that may show a page.',
  },
  consent_required: {
    cause:
      'The request may show no page (`prompt=none`), and the person has not been asked for all of this yet.',
    fix: 'Begin a login that may show a page.',
  },
  account_selection_required: {
    cause: 'The request may show no page (`prompt=none`), and the person would have to choose an account.',
    fix: 'Begin a login that may show a page.',
  },
  interaction_required: {
    cause: 'The request may show no page (`prompt=none`), and the person would have to do something.',
    fix: 'Begin a login that may show a page.',
  },
  unmet_authentication_requirements: {
    cause: 'The request names an `acr` as essential, and no way of signing in here has it.',
    fix: 'Name one of `acr_values_supported` in the discovery document, or make it voluntary by `acr_values`.',
  },
  request_not_supported: {
    cause: 'The request came as a signed object (`request`), which is not supported.',
    fix: 'Send the parameters themselves, or push them to the pushed authorization request endpoint (RFC 9126).',
  },
  request_uri_not_supported: {
    cause: 'The request names an address to fetch it from. Nothing is fetched from addresses in a request.',
    fix: 'Send the parameters themselves, or push them to the pushed authorization request endpoint (RFC 9126).',
  },
  registration_not_supported: {
    cause: 'The request carries a registration of the client.',
    fix: 'Register the client before it asks.',
  },
  invalid_redirect_uri: {
    cause:
      'A registration names an address that can’t be used as `redirect_uris`: no https, a fragment, a wildcard, or a host that is not public.',
    fix: 'Register whole https addresses; plain http is for loopback addresses of native apps.',
  },
  invalid_client_metadata: {
    cause:
      'A member of a registration has a value that can’t be right, or contradicts another. The description lists them.',
    fix: 'Correct what is listed and register again.',
  },
  invalid_token: {
    cause:
      'The token that the request carries is not valid here: expired, revoked, altered, or for another place.',
    fix: 'Get a new one, and send it exactly as it was issued.',
  },
  invalid_dpop_proof: {
    cause:
      'The request has a DPoP proof that can’t be taken (another address or method, too old, sent before, another key), or lacks one that the client’s registration demands.',
    fix: 'Make a new proof for each request, over exactly this address and method (RFC 9449 §4.2).',
  },
  use_dpop_nonce: {
    cause: 'The DPoP proof lacks a recent nonce of this server.',
    fix: 'Make a new proof with the nonce of the `DPoP-Nonce` header, and send the request again (RFC 9449 §8).',
  },
  temporarily_unavailable: {
    cause: 'More requests came than can be served, or the database is away for a moment.',
    fix: 'Try the same again after the seconds that `Retry-After` names.',
  },
  server_error: {
    cause: 'A mistake on the provider’s side.',
    fix: 'Try again. If it happens again, tell whoever runs this service when it happened.',
  },
} as const satisfies Readonly<Record<OAuthErrorCode, ErrorExplanation>>;

const explanations = new Map<string, ErrorExplanation>(
  Object.entries({ ...errorExplanations, ...oauthErrorExplanations }),
);

/** What an error of an answer means: one of the provider's own, or of a bearer token's verification. */
export function findExplanation(code: string): ErrorExplanation | undefined {
  return explanations.get(code);
}
