import { isNativeRedirect } from './redirect-uris.ts';
import { findSector } from './sector.ts';
import { type ClientAuthMethod, GRANT_TYPES, type SubjectType } from './metadata-values.ts';

/** The members of a registration that can contradict one another. */
interface Members {
  readonly token_endpoint_auth_method?: ClientAuthMethod | undefined;
  readonly client_secret?: string | undefined;
  readonly require_pkce: boolean;
  readonly application_type: 'web' | 'native';
  readonly redirect_uris: readonly string[];
  readonly grant_types: readonly string[];
  readonly subject_type?: SubjectType | undefined;
  readonly sector_identifier_uri?: string | undefined;
  readonly jwks?: object | undefined;
  readonly jwks_uri?: string | undefined;
  readonly require_pushed_authorization_requests: boolean;
  readonly dpop_bound_access_tokens: boolean;
  readonly id_token_signed_response_alg: string;
  readonly token_endpoint_auth_signing_alg?: string | undefined;
}

/** The member at fault, and what is wrong with it. */
type Contradiction = readonly [member: keyof Members, message: string];

/** Whether the client authenticates with a secret; so it does where the registration is silent (RFC 7591 §2). */
export function hasSecret(method: ClientAuthMethod | undefined): boolean {
  return method !== 'none' && method !== 'private_key_jwt';
}

const rules: readonly (readonly [isWrong: (client: Members) => boolean, ...Contradiction])[] = [
  [
    (client) => hasSecret(client.token_endpoint_auth_method) && client.client_secret === undefined,
    'client_secret',
    'is missing; a public client says token_endpoint_auth_method "none"',
  ],
  [
    (client) => isPublic(client) && !client.require_pkce,
    'require_pkce',
    'must stay on for a public client (RFC 9700 §2.1.1)',
  ],
  [
    (client) => isPublic(client) && client.grant_types.includes('client_credentials'),
    'grant_types',
    'must not hold client_credentials: a public client can’t prove who it is (RFC 6749 §4.4)',
  ],
  [
    (client) => isPublic(client) && client.grant_types.includes(GRANT_TYPES.exchange),
    'grant_types',
    'must not hold token-exchange: a public client can’t prove who it is, so whoever finds its token could exchange it',
  ],
  [
    ({ jwks, jwks_uri }) => jwks !== undefined && jwks_uri !== undefined,
    'jwks_uri',
    'must not stand beside jwks (RFC 7591 §2)',
  ],
  [
    ({ token_endpoint_auth_method: method, jwks, jwks_uri }) =>
      method === 'private_key_jwt' && jwks === undefined && jwks_uri === undefined,
    'jwks',
    'is missing: private_key_jwt needs jwks or jwks_uri',
  ],
  [
    (client) => client.subject_type === 'pairwise' && findSector(client) === undefined,
    'sector_identifier_uri',
    'is missing: the redirect_uris have no single host that is the client’s own (OIDC Core §8.1)',
  ],
  [
    (client) => client.application_type !== 'native' && client.redirect_uris.some(isNativeRedirect),
    'redirect_uris',
    'hold a private-use scheme, which takes application_type "native" (RFC 8252 §7.1)',
  ],
  [
    (client) => isFapi(client) && client.id_token_signed_response_alg === 'RS256',
    'id_token_signed_response_alg',
    'must be ES256 or EdDSA for a client of the FAPI 2.0 Security Profile (§5.4.1): docs/fapi.md',
  ],
  [
    (client) =>
      isFapi(client) && /^(RS|ES384|ES512|PS384|PS512)/.test(client.token_endpoint_auth_signing_alg ?? ''),
    'token_endpoint_auth_signing_alg',
    'must be ES256, PS256 or EdDSA for a client of the FAPI 2.0 Security Profile (§5.4.1): docs/fapi.md',
  ],
  [
    (client) =>
      isFapi(client) &&
      client.application_type === 'web' &&
      client.redirect_uris.some((uri) => uri.startsWith('http:')),
    'redirect_uris',
    'must be https for a client of the FAPI 2.0 Security Profile, loopback addresses of native apps apart (§5.3.2.2)',
  ],
  [
    (client) => isFapi(client) && !client.require_pkce,
    'require_pkce',
    'must stay on for a client of the FAPI 2.0 Security Profile (§5.3.2.2)',
  ],
];

/** As `fapi.ts` says of a client. */
function isFapi(client: Members): boolean {
  const { token_endpoint_auth_method: method, require_pushed_authorization_requests: pushes } = client;
  return method === 'private_key_jwt' && pushes && client.dpop_bound_access_tokens;
}

function isPublic({ token_endpoint_auth_method: method }: Members): boolean {
  return method === 'none';
}

/** What a registration says that can't be true together. */
export function contradictionsIn(client: Members): Contradiction[] {
  return rules.flatMap(([isWrong, member, message]) => (isWrong(client) ? [[member, message]] : []));
}
