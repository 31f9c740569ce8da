import type { SigningAlgorithm } from '@sso/auth/tokens';
import type { z } from 'zod';
import { hasSecret } from './contradictions.ts';
import { ASSERTION_ALGS, type RegisteredJwks } from './registered-keys.ts';
import type { storedSchema } from './registration-schema.ts';

export const GRANT_TYPES = {
  code: 'authorization_code',
  refresh: 'refresh_token',
  client: 'client_credentials',
  exchange: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const;

export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type ClientAuthMethod = (typeof AUTH_METHODS)[number];

export const ID_TOKEN_ALGS = ['RS256', 'ES256', 'EdDSA'] as const;
export type IdTokenAlg = (typeof ID_TOKEN_ALGS)[number];

export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

export interface Client {
  readonly clientId: string;
  /** What people read: the registered name, or the id. */
  readonly name: string;
  readonly uri: string | undefined;
  /** SHA-256 of the client secret, base64url; undefined for a public client. */
  readonly secretHash: string | undefined;
  readonly native: boolean;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | undefined;
  readonly grantTypes: readonly string[];
  /** How authorization responses may travel (ASVS 10.4.12); a registration that is silent about it allows both. */
  readonly responseModes: readonly ResponseMode[];
  /** How it may authenticate; a registration that is silent about it may use either form of its secret. */
  readonly authMethods: readonly ClientAuthMethod[];
  /** The public keys of `private_key_jwt`, registered or fetched from an address of the client. */
  readonly jwks: RegisteredJwks | undefined;
  readonly jwksUri: string | undefined;
  /** What its assertions may be signed with. */
  readonly assertionAlgs: readonly SigningAlgorithm[];
  readonly idTokenAlg: IdTokenAlg;
  readonly scope: readonly string[];
  readonly requirePkce: boolean;
  /** Whether it sends a browser only with a request that it pushed before (RFC 9126 §6). */
  readonly requirePushed: boolean;
  readonly firstParty: boolean;
  /** Nobody who runs the provider has looked at its addresses; see `client-fetch.ts`. */
  readonly selfRegistered: boolean;
  readonly resources: readonly string[];
  readonly permissions: readonly string[];
}

/** @param secretHash SHA-256 of the secret, base64url; a client that has no use for one gets none. */
export function toClient(
  clientId: string,
  registration: z.infer<typeof storedSchema>,
  secretHash: string | undefined,
): Client {
  const { token_endpoint_auth_method: method } = registration;
  const { token_endpoint_auth_signing_alg: assertionAlg } = registration;
  return {
    clientId,
    name: registration.client_name ?? clientId,
    uri: registration.client_uri,
    secretHash: hasSecret(method) ? secretHash : undefined,
    native: registration.application_type === 'native',
    redirectUris: registration.redirect_uris,
    postLogoutRedirectUris: registration.post_logout_redirect_uris,
    backchannelLogoutUri: registration.backchannel_logout_uri,
    grantTypes: registration.grant_types,
    responseModes: registration.response_modes,
    authMethods: method === undefined ? ['client_secret_basic', 'client_secret_post'] : [method],
    jwks: registration.jwks,
    jwksUri: registration.jwks_uri,
    assertionAlgs: assertionAlg === undefined ? ASSERTION_ALGS : [assertionAlg],
    idTokenAlg: registration.id_token_signed_response_alg,
    scope: registration.scope.split(' ').filter(Boolean),
    requirePkce: registration.require_pkce,
    requirePushed: registration.require_pushed_authorization_requests,
    firstParty: registration.first_party,
    selfRegistered: registration.self_registered,
    resources: registration.resources,
    permissions: registration.permissions,
  };
}
