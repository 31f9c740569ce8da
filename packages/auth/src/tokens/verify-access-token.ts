import { authError, quoteUntrusted } from '../foundation/index.ts';
import { requireAlgorithms, type SigningAlgorithm } from './algorithms.ts';
import {
  checkIssuer,
  checkOptional,
  checkTimes,
  findTexts,
  isOnlyAudience,
  requireText,
  requireTime,
  wrongClaim,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import type { AccessTokenClaims } from './claims.ts';
import type { VerificationKeys } from './verification-keys.ts';
import { verifyJws } from './verify-jws.ts';

export interface VerifyAccessTokenOptions extends TimeOptions {
  /** Compared character by character. */
  readonly issuer: string;
  /** This API. A token for any other, or for several, is refused. */
  readonly audience: string;
  /** Asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
}

/** Header lines end at 8 kB in common servers; a longer bearer token never arrives whole. */
const MAX_ACCESS_TOKEN_LENGTH = 7 * 1024;

/**
 * Verifies an access token of this API (RFC 9068 §4).
 *
 * @returns the claims, `aud` as one string.
 * @throws AuthError `token_malformed`, `token_type`, `token_algorithm`, `token_key_unknown`, `token_signature`,
 * `token_issuer`, `token_audience`, `token_expired`, `token_not_yet_valid`, `token_claim`, and the transient
 * `keys_unavailable`.
 * @example
 * ```ts
 * const claims = await verifyAccessToken(token, { issuer, audience, algorithms: ['ES256'], keys });
 * ```
 */
export async function verifyAccessToken(
  token: string,
  options: VerifyAccessTokenOptions,
): Promise<AccessTokenClaims> {
  requireAlgorithms(options.algorithms);
  const { claims } = await verifyJws(token, {
    types: ['at+jwt'],
    wanted: 'an access token (typ at+jwt, RFC 9068)',
    maxLength: MAX_ACCESS_TOKEN_LENGTH,
    algorithms: options.algorithms,
    keys: options.keys,
  });
  checkIssuer(claims, options.issuer);
  checkAudience(claims, options.audience);
  checkTimes(claims, options);
  return toAccessTokenClaims(claims, options.audience);
}

/** A token that one API may use must be worthless at another (ASVS 10.3.1, RFC 8725 §3.9). */
function checkAudience(claims: SignedClaims, audience: string): void {
  if (isOnlyAudience(claims, audience)) return;
  throw authError(
    'token_audience',
    `the token is for ${quoteUntrusted(claims['aud'])}, this API is ${quoteUntrusted(audience)}: exchange it with resource=${audience} (RFC 8693)`,
  );
}

/** RFC 9068 §2.2: what must be there, and the shape of what may be. */
function toAccessTokenClaims(claims: SignedClaims, aud: string): AccessTokenClaims {
  checkOptional(claims, ['sid', 'acr'], requireText);
  checkOptional(claims, ['auth_time'], requireTime);
  checkOptional(claims, ['amr'], findTexts);
  if (Object.hasOwn(claims, 'scope') && typeof claims['scope'] !== 'string')
    throw wrongClaim('scope', 'is not a string');
  return {
    ...claims,
    iss: requireText(claims, 'iss'),
    sub: requireText(claims, 'sub'),
    aud,
    exp: requireTime(claims, 'exp'),
    iat: requireTime(claims, 'iat'),
    jti: requireText(claims, 'jti'),
    client_id: requireText(claims, 'client_id'),
  };
}
