import * as oauth from 'oauth4webapi';
import { AuthError, type AuthErrorCode, authError, isAuthError } from '../foundation/index.ts';

/** An error's name, message and code. The library's own errors hold whole responses, tokens included (G19). */
export type PlainCause = Error & { readonly code?: string };

/** A copy of an error that may be logged: nothing of what the library attached to it. */
export function withoutSecrets(error: unknown): PlainCause {
  if (!(error instanceof Error)) return new Error('something else than an error was thrown');
  const inner = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return Object.assign(new Error(error.message + inner), { name: error.name }, code);
}

/** The provider's `error` of a token response (RFC 6749 §5.2), if it sent one. */
export function tokenErrorOf(error: unknown): string | undefined {
  if (error instanceof oauth.ResponseBodyError) return plainCode(error.error);
  return error instanceof oauth.WWWAuthenticateChallengeError ? 'invalid_client' : undefined;
}

/** A provider's error code as far as it may be shown: the characters of RFC 6749 §5.2 codes, nothing long (P-18). */
export function plainCode(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'unreadable_error';
}

/**
 * What a failed call of the token endpoint means: the provider's refusal becomes `code`, everything that time may
 * heal (no connection, time-out, 5xx, a page instead of JSON) `provider_unavailable`.
 */
export function tokenCallFailure(error: unknown, code: AuthErrorCode, what: string): AuthError {
  if (isAuthError(error)) return error;
  const cause = withoutSecrets(error);
  const refusal = tokenErrorOf(error);
  if (refusal === 'invalid_client' || refusal === 'unauthorized_client') {
    const fix = 'compare clientId and clientSecret with the registration';
    return authError(code, `${what}: the provider does not accept this client (${refusal}): ${fix}`, {
      cause,
      transient: true,
    });
  }
  if (refusal !== undefined) return authError(code, `${what}: the provider answered ${refusal}`, { cause });
  const claim = claimFailure(cause);
  if (claim) return authError(claim, `${what}: the ID token is refused (${cause.message})`, { cause });
  return authError(
    'provider_unavailable',
    `${what}: the provider did not answer as it should (${cause.message})`,
    {
      cause,
      transient: true,
    },
  );
}

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
