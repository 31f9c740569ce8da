import * as oauth from 'oauth4webapi';
import { type AuthError, type AuthErrorCode, authError, isAuthError } from '../../foundation/index.ts';
import { type PlainError, toPlainError } from '../../provider/index.ts';

/** The provider's `error` of a token response (RFC 6749 §5.2), if it sent one. */
export function findTokenError(error: unknown): string | undefined {
  if (error instanceof oauth.ResponseBodyError) return toPlainCode(error.error);
  return error instanceof oauth.WWWAuthenticateChallengeError ? 'invalid_client' : undefined;
}

/** A provider's error code, if it may be shown: a short one of the characters of RFC 6749 §5.2 (P-18). */
export function toPlainCode(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'unreadable_error';
}

export interface TokenEndpointCall {
  /** The code where the provider refused, or gave an answer that can't be used. */
  readonly code: AuthErrorCode;
  /** What could not be done, for the message. */
  readonly what: string;
  /** Whether a refusal with this `error` may pass with time. Default: only those about the client, not the person. */
  readonly isTransient?: (refusal: string) => boolean;
}

/**
 * What a failed call of the token endpoint means. The provider's refusal becomes `code`; failures that may pass with
 * time (no connection, time-out, 5xx, a page instead of JSON) become `provider_unavailable`. An answer that lacks what
 * RFC 6749 §5.1 requires is final.
 */
export function toTokenEndpointError(
  error: unknown,
  { code, what, isTransient = isAboutClient }: TokenEndpointCall,
): AuthError {
  if (isAuthError(error)) return error;
  const cause = toPlainError(error);
  const refusal = findTokenError(error);
  if (refusal !== undefined) {
    const fix = isAboutClient(refusal) ? ': compare clientId and clientSecret with the registration' : '';
    const transient = isTransient(refusal);
    return authError(code, `${what}: the provider answered ${refusal}${fix}`, { cause, transient });
  }
  if (isUnusable(cause)) {
    const message = `${what}: the provider's answer can't be used (${cause.message}), which the provider must mend`;
    return authError(code, message, { cause });
  }
  const message = `${what}: the provider did not answer as it should (${cause.message})`;
  return authError('provider_unavailable', message, { cause, transient: true });
}

const isAboutClient = (refusal: string) => refusal === 'invalid_client' || refusal === 'unauthorized_client';

/** Whether the answer is JSON and lacks or garbles what RFC 6749 §5.1 requires: the next one will be no better. */
const isUnusable = ({ code }: PlainError) =>
  code === oauth.INVALID_RESPONSE || code === oauth.UNSUPPORTED_OPERATION;
