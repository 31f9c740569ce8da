import * as oauth from 'oauth4webapi';
import { AuthError, type AuthErrorCode, authError, isAuthError } from '../foundation/index.ts';

/** An error's name, message and code. The library's own errors hold whole responses, tokens included (G19). */
export type PlainCause = Error & { readonly code?: string };

/** A copy of an error that may be logged: nothing of what the library attached to it. */
export function withoutSecrets(error: unknown): PlainCause {
  if (!(error instanceof Error)) return new Error('something else than an error was thrown');
  const inner = error.cause instanceof Error ? `: ${plainMessage(error.cause)}` : '';
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return Object.assign(new Error(plainMessage(error) + inner), { name: error.name }, code);
}

/** A parser quotes what it could not read, and that may be a token. */
const plainMessage = (error: Error) =>
  error instanceof SyntaxError ? 'the answer is not JSON' : error.message;

/** The provider's `error` of a token response (RFC 6749 §5.2), if it sent one. */
export function tokenErrorOf(error: unknown): string | undefined {
  if (error instanceof oauth.ResponseBodyError) return plainCode(error.error);
  return error instanceof oauth.WWWAuthenticateChallengeError ? 'invalid_client' : undefined;
}

/** A provider's error code as far as it may be shown: the characters of RFC 6749 §5.2 codes, nothing long (P-18). */
export function plainCode(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'unreadable_error';
}

export interface TokenCall {
  /** What the provider's refusal is called. */
  readonly code: AuthErrorCode;
  /** What could not be done, for the message. */
  readonly what: string;
  /** Whether a refusal by this error may be healed by time. Default: only what speaks about the client, not the person. */
  readonly isTransient?: (refusal: string) => boolean;
}

/**
 * What a failed call of the token endpoint means: the provider's refusal becomes `code`, everything that time may
 * heal (no connection, time-out, 5xx, a page instead of JSON) `provider_unavailable`.
 */
export function tokenCallFailure(
  error: unknown,
  { code, what, isTransient = isAboutClient }: TokenCall,
): AuthError {
  if (isAuthError(error)) return error;
  const cause = withoutSecrets(error);
  const refusal = tokenErrorOf(error);
  if (refusal !== undefined) {
    const fix = isAboutClient(refusal) ? ': compare clientId and clientSecret with the registration' : '';
    const transient = isTransient(refusal);
    return authError(code, `${what}: the provider answered ${refusal}${fix}`, { cause, transient });
  }
  const claim = claimFailure(cause);
  if (claim) return authError(claim, `${what}: the ID token is refused (${cause.message})`, { cause });
  const message = `${what}: the provider did not answer as it should (${cause.message})`;
  return authError('provider_unavailable', message, { cause, transient: true });
}

const isAboutClient = (refusal: string) => refusal === 'invalid_client' || refusal === 'unauthorized_client';

/** The library looks at an ID token's claims before we verify its signature; its refusals in our words. */
function claimFailure({ code, message }: PlainCause): AuthErrorCode | undefined {
  if (code === oauth.JWT_TIMESTAMP_CHECK)
    return message.includes('exp') ? 'token_expired' : 'token_not_yet_valid';
  if (code === oauth.JWT_CLAIM_COMPARISON) {
    const named = (['nonce', 'iss', 'aud'] as const).find((claim) => message.includes(`"${claim}"`));
    return named
      ? ({ nonce: 'nonce_mismatch', iss: 'token_issuer', aud: 'token_audience' } as const)[named]
      : 'token_claim';
  }
  if (message.includes('JWT')) return message.includes('"alg"') ? 'token_algorithm' : 'token_malformed';
  return undefined;
}
