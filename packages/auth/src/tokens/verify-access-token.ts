import { authError, quoteUntrusted } from '../foundation/index.ts';
import { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
import {
  requireIssuer,
  requireIfPresent,
  requireValidTimes,
  findStringArray,
  isOnlyAudience,
  requireString,
  requireNumericDate,
  claimError,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import type { AccessTokenClaims, ActorClaim, ConfirmationClaim } from './claims.ts';
import { inspectToken, type ReportOptions } from './inspect-token.ts';
import { isJsonObject } from './strict-json.ts';
import type { VerificationKeys } from './keys/verification-keys.ts';
import { verifyJws } from './jws/verify-jws.ts';

export interface VerifyAccessTokenOptions extends TimeOptions, ReportOptions {
  /** Compared character by character. */
  readonly issuer: string;
  /** This API. A token for any other, or for several, is refused. */
  readonly audience: string;
  /** Asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
}

/** Common servers limit a header line to 8 kB, so a longer bearer token could not arrive. */
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
  requireSigningAlgorithms(options.algorithms);
  const { algorithms, keys, issuer, audience } = options;
  const types = ['at+jwt'];
  return inspectToken(options, { kind: 'access', text: token, algorithms, types }, async (note) => {
    const { claims } = await verifyJws(token, {
      types,
      expected: 'an access token (typ at+jwt, RFC 9068)',
      maxLength: MAX_ACCESS_TOKEN_LENGTH,
      algorithms,
      keys,
    });
    note('iss', issuer, claims['iss']);
    requireIssuer(claims, issuer);
    note('aud', audience, claims['aud']);
    requireAudience(claims, options);
    requireValidTimes(claims, options, note);
    note('claims', 'what RFC 9068 §2.2 requires', Object.keys(claims));
    return toAccessTokenClaims(claims, audience);
  });
}

/** A token for one API must be refused by every other (ASVS 10.3.1, RFC 8725 §3.9). */
function requireAudience(
  claims: SignedClaims,
  { audience, issuer }: Pick<VerifyAccessTokenOptions, 'audience' | 'issuer'>,
): void {
  if (isOnlyAudience(claims, audience)) return;
  // A token for the provider itself opens userinfo; it comes from a client's own grant and not by exchange.
  const way = audience === issuer ? 'refresh with' : 'exchange it with';
  const rfc = audience === issuer ? 'RFC 8707' : 'RFC 8693';
  throw authError(
    'token_audience',
    `the token is for ${quoteUntrusted(claims['aud'])}, this API is ${quoteUntrusted(audience)}: ${way} resource=${audience} (${rfc})`,
  );
}

/** RFC 9068 §2.2: which claims are required, and the types of the optional ones. */
function toAccessTokenClaims(claims: SignedClaims, aud: string): AccessTokenClaims {
  requireIfPresent(claims, ['sid', 'acr'], requireString);
  requireIfPresent(claims, ['auth_time'], requireNumericDate);
  requireIfPresent(claims, ['amr'], findStringArray);
  if (Object.hasOwn(claims, 'scope') && typeof claims['scope'] !== 'string')
    throw claimError('scope', 'is not a string');
  return {
    ...claims,
    iss: requireString(claims, 'iss'),
    sub: requireString(claims, 'sub'),
    aud,
    exp: requireNumericDate(claims, 'exp'),
    iat: requireNumericDate(claims, 'iat'),
    jti: requireString(claims, 'jti'),
    client_id: requireString(claims, 'client_id'),
    ...(Object.hasOwn(claims, 'act') && { act: requireActor(claims['act']) }),
    ...(Object.hasOwn(claims, 'cnf') && { cnf: requireConfirmation(claims['cnf']) }),
  };
}

/** As long a chain of actors as anybody could decide by. */
const MOST_ACTORS = 8;

/** RFC 8693 §4.1: a token through whom nobody can tell is refused, so that no API takes it for the person's own. */
function requireActor(act: unknown, depth = 1): ActorClaim {
  if (!isJsonObject(act) || depth > MOST_ACTORS) throw claimError('act', 'is not an actor (RFC 8693 §4.1)');
  const { sub, act: before } = act;
  if (typeof sub !== 'string' || sub === '') throw claimError('act', 'has no sub (RFC 8693 §4.1)');
  return { ...act, sub, act: before === undefined ? undefined : requireActor(before, depth + 1) };
}

/** RFC 7800 §3.1, RFC 9449 §6.1: what a binding can't be read from binds to nothing, so the token is refused. */
function requireConfirmation(cnf: unknown): ConfirmationClaim {
  if (!isJsonObject(cnf)) throw claimError('cnf', 'is not an object');
  const { jkt } = cnf;
  if (jkt === undefined) return cnf;
  if (typeof jkt === 'string' && /^[\w-]{43}$/.test(jkt)) return { ...cnf, jkt };
  throw claimError('cnf', 'has a jkt that is no thumbprint (RFC 7638)');
}
