import {
  ASSERTION_ALGS,
  AUTH_METHODS,
  type ClientAuthMethod,
  DPOP_ALGORITHMS,
  GRANT_TYPES,
  RESPONSE_MODES,
  SUBJECT_TYPES,
} from '../clients/metadata-values.ts';
import { IDENTITY_SCOPES, SCOPE_CLAIMS } from '../identity/claims.ts';
import { PASSWORD_AUTHENTICATION } from '../identity/sign-on-sessions.ts';
import { ALGORITHMS } from '../keys/key-ring.ts';
import type { Provider } from '../provider.ts';
import { sha256 } from '../foundation/secrets.ts';

/** Where each endpoint answers, below the issuer. */
export const paths = {
  discovery: '/.well-known/openid-configuration',
  serverMetadata: '/.well-known/oauth-authorization-server',
  jwks: '/jwks',
  authorize: '/authorize',
  pushed: '/par',
  token: '/token',
  userinfo: '/userinfo',
  introspect: '/introspect',
  revoke: '/revoke',
  register: '/register',
  endSession: '/end-session',
} as const;

type MetadataSource = Pick<Provider, 'issuer' | 'access'>;

/** What the provider announces (OIDC Discovery 1.0 §3, RFC 8414 §2). Only what works is in it. */
function metadataOf({ issuer, access }: MetadataSource) {
  const permissions = Object.values(access.audiences).flatMap((audience) =>
    Object.keys(audience.permissions),
  );
  return {
    issuer,
    authorization_endpoint: issuer + paths.authorize,
    pushed_authorization_request_endpoint: issuer + paths.pushed,
    token_endpoint: issuer + paths.token,
    userinfo_endpoint: issuer + paths.userinfo,
    introspection_endpoint: issuer + paths.introspect,
    revocation_endpoint: issuer + paths.revoke,
    jwks_uri: issuer + paths.jwks,
    registration_endpoint: issuer + paths.register,
    end_session_endpoint: issuer + paths.endSession,
    // OpenID Connect Back-Channel Logout 1.0 §2.1.
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    scopes_supported: [...IDENTITY_SCOPES, ...permissions],
    response_types_supported: ['code'],
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: Object.values(GRANT_TYPES),
    subject_types_supported: SUBJECT_TYPES,
    id_token_signing_alg_values_supported: ALGORITHMS,
    ...authenticationAt('token', AUTH_METHODS),
    ...authenticationAt('revocation', AUTH_METHODS),
    // A public client only says who it is, and introspection wants proof.
    ...authenticationAt(
      'introspection',
      AUTH_METHODS.filter((method) => method !== 'none'),
    ),
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    acr_values_supported: [PASSWORD_AUTHENTICATION.acr],
    claim_types_supported: ['normal'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'nonce',
      'acr',
      'amr',
      'sid',
      'at_hash',
      ...Object.values(SCOPE_CLAIMS).flat(),
    ],
    claims_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
  };
}

/** How clients prove who they are at an endpoint (RFC 8414 §2). */
function authenticationAt(endpoint: string, methods: readonly ClientAuthMethod[]): Record<string, unknown> {
  return {
    [`${endpoint}_endpoint_auth_methods_supported`]: methods,
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`]: ASSERTION_ALGS,
  };
}

export function renderMetadata(provider: MetadataSource): {
  body: string;
  etag: string;
} {
  const body = JSON.stringify(metadataOf(provider));
  return { body, etag: `"${sha256(body)}"` };
}
