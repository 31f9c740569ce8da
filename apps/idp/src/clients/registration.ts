import type { SigningAlgorithm } from '@sso/auth/tokens';
import { z } from 'zod';
import { sha256 } from '../secrets.ts';
import { contradictionsIn, hasSecret } from './contradictions.ts';
import { isNativeRedirect, isSecureUrl } from './redirect-uris.ts';
import { ASSERTION_ALGS, jwksSchema, type RegisteredJwks } from './registered-keys.ts';

export const GRANT_TYPES = {
  code: 'authorization_code',
  refresh: 'refresh_token',
  client: 'client_credentials',
  exchange: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const;

export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type ClientAuthMethod = (typeof AUTH_METHODS)[number];

const ID_TOKEN_ALGS = ['RS256', 'ES256', 'EdDSA'] as const;
export type IdTokenAlg = (typeof ID_TOKEN_ALGS)[number];

export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

const secureUrl = z.string().refine(isSecureUrl, 'is an https address (http on loopback hosts only)');
const redirectUri = z
  .string()
  .refine(
    (value) => isSecureUrl(value) || isNativeRedirect(value),
    'is an https address (http on loopback hosts only)',
  )
  .refine((value) => !value.includes('#'), 'has no fragment (RFC 6749 §3.1.2)');

/** RFC 7591 §2 members as `CLIENTS_FILE` holds them, and the provider's own `first_party`, `resources`, `permissions`. */
export const registrationSchema = z
  .object({
    client_id: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is 1 to 200 printable characters'),
    client_secret: z.string().min(16, 'has at least 16 characters').optional(),
    client_name: z.string().min(1).max(100).optional(),
    client_uri: secureUrl.optional(),
    application_type: z.enum(['web', 'native']).default('web'),
    redirect_uris: z.array(redirectUri).default([]),
    post_logout_redirect_uris: z.array(redirectUri).default([]),
    backchannel_logout_uri: secureUrl.optional(),
    backchannel_logout_session_required: z.boolean().default(false),
    grant_types: z.array(z.enum(Object.values(GRANT_TYPES))).default([GRANT_TYPES.code]),
    response_types: z.array(z.literal('code')).default(['code']),
    response_modes: z.array(z.enum(RESPONSE_MODES)).default([...RESPONSE_MODES]),
    token_endpoint_auth_method: z.enum(AUTH_METHODS).optional(),
    token_endpoint_auth_signing_alg: z.enum(ASSERTION_ALGS).optional(),
    jwks: jwksSchema.optional(),
    jwks_uri: secureUrl.optional(),
    id_token_signed_response_alg: z.enum(ID_TOKEN_ALGS).default('RS256'),
    scope: z.string().default('openid profile email address phone offline_access'),
    require_pkce: z.boolean().default(true),
    require_pushed_authorization_requests: z.boolean().default(false),
    first_party: z.boolean().default(false),
    /** Came by dynamic registration (RFC 7591): its addresses are a stranger's word. */
    self_registered: z.boolean().default(false),
    resources: z.array(z.string().min(1)).default([]),
    permissions: z.array(z.string().min(1)).default([]),
  })
  .superRefine((client, context) => {
    for (const [member, message] of contradictionsIn(client)) {
      context.addIssue({ code: 'custom', path: [member], message });
    }
  });

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

export function toClient(registration: z.infer<typeof registrationSchema>): Client {
  const { token_endpoint_auth_method: method, client_secret: secret } = registration;
  const { token_endpoint_auth_signing_alg: assertionAlg } = registration;
  return {
    clientId: registration.client_id,
    name: registration.client_name ?? registration.client_id,
    uri: registration.client_uri,
    secretHash: !hasSecret(method) || secret === undefined ? undefined : sha256(secret),
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
