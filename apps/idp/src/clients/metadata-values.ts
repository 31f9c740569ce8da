import type { SigningAlgorithm } from '@sso/auth/tokens';

/* The values that client metadata may have here (RFC 7591 §2). */

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

export const SUBJECT_TYPES = ['public', 'pairwise'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** What proofs of keys may be signed with (RFC 9449 §4.2). */
export const DPOP_ALGORITHMS = [
  'ES256',
  'EdDSA',
  'PS256',
  'RS256',
] as const satisfies readonly SigningAlgorithm[];

/** What clients may sign their assertions with (RFC 7523). Asymmetric only: nobody but the client has its key. */
export const ASSERTION_ALGS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
] as const satisfies readonly SigningAlgorithm[];
