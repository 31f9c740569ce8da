import type { StepUp } from './step-up.ts';

/**
 * Every way in which a sign-in, a session or a token can fail, which `errorExplanations` explains.
 * Codes are stable: programs may branch on them, messages may change.
 */
export const authErrorCodes = [
  'token_malformed',
  'token_type',
  'token_algorithm',
  'token_key_unknown',
  'token_signature',
  'token_issuer',
  'token_audience',
  'token_expired',
  'token_not_yet_valid',
  'token_claim',
  'token_revoked',
  'token_outdated',
  'token_binding',
  'dpop_proof_invalid',
  'dpop_proof_replayed',
  'dpop_nonce_required',
  'nonce_mismatch',
  'login_too_old',
  'login_too_weak',
  'keys_unavailable',
  'discovery_failed',
  'discovery_mismatch',
  'login_issuer',
  'callback_state',
  'callback_issuer',
  'callback_error',
  'callback_code',
  'login_expired',
  'code_redemption_failed',
  'refresh_failed',
  'refresh_rejected',
  'token_exchange_rejected',
  'session_invalid',
  'session_too_large',
  'session_not_kept',
  'logout_token',
  'security_event',
  'bearer_missing',
  'bearer_malformed',
  'scope_insufficient',
  'permission_insufficient',
  'proof_insufficient',
  'actor_refused',
  'config_invalid',
  'csrf',
  'provider_unavailable',
  'store_unavailable',
] as const;

export type AuthErrorCode = (typeof authErrorCodes)[number];

/**
 * The one error that this package throws. The message names cause and fix and ends with the code, which
 * `errorExplanations` explains; it never holds a token, code, cookie or secret, so logs may show it.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;
  /** `true`: the same call may succeed later (the provider is down). `false`: it fails again at any time. */
  readonly transient: boolean;
  /** For a refused scope or permission: the one that is required, as the `scope` of RFC 6750 §3. */
  readonly scope: string | undefined;
  /** For a sign-in that is too old or too weak: what is required, as RFC 9470 §3 says it. */
  readonly stepUp: StepUp | undefined;

  constructor(code: AuthErrorCode, message: string, options: AuthErrorOptions = {}) {
    super(`${message} (${code})`, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.transient = options.transient ?? false;
    this.scope = options.scope;
    this.stepUp = options.stepUp;
  }
}

/** The `Retry-After` of answers given while a store or the provider is unavailable. */
export const RETRY_AFTER_SECONDS = 5;

export interface AuthErrorOptions {
  /** The underlying error. It stays in the process: no answer to a browser shows it. */
  readonly cause?: unknown;
  /** Default `false`. */
  readonly transient?: boolean;
  readonly scope?: string;
  readonly stepUp?: StepUp;
}

/** Builds an `AuthError`: `throw authError('token_expired', 'the token ended 40 s ago: sign in again')`. */
export function authError(code: AuthErrorCode, message: string, options?: AuthErrorOptions): AuthError {
  return new AuthError(code, message, options);
}

/** Also true for an `AuthError` of another copy of this module: some frameworks load one module several times. */
export function isAuthError(value: unknown): value is AuthError {
  return (
    value instanceof AuthError || (value instanceof Error && value.name === 'AuthError' && 'code' in value)
  );
}
