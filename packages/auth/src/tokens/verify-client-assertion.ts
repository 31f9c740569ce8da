import { authError, quoteUntrusted, systemClock } from '../foundation/index.ts';
import { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
import {
  requireNotInFuture,
  requireNotExpired,
  requireIssuer,
  findStringArray,
  requireString,
  requireNumericDate,
  claimError,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import type { VerificationKeys } from './keys/verification-keys.ts';
import { verifyJws } from './jws/verify-jws.ts';

export interface VerifyClientAssertionOptions extends TimeOptions {
  /** Both `iss` and `sub` (RFC 7523 §3). */
  readonly clientId: string;
  /** The identifiers of this authorization server: its issuer, its token endpoint. `aud` may hold only these. */
  readonly audiences: readonly string[];
  /** Whether `aud` has to be one string, as the FAPI 2.0 Security Profile wants it (§5.3.2.1). Default: a list is taken too. */
  readonly singleAudience?: boolean | undefined;
  /** The algorithms that the client registered, or that the server accepts; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** The client's registered keys. */
  readonly keys: VerificationKeys;
  /** How far `exp` may lie in the future. The server has to remember `jti` for as long. Default 3600. */
  readonly maxLifetimeSeconds?: number | undefined;
}

/** The verified claims. The caller still has to remember `jti` until `exp`: seconds, which may have a fraction. */
export interface ClientAssertionClaims {
  readonly iss: string;
  readonly sub: string;
  readonly jti: string;
  readonly exp: number;
}

const MAX_ASSERTION_LENGTH = 7 * 1024;
const MAX_LIFETIME_SECONDS = 3600;

/**
 * Verifies a client's `private_key_jwt` (RFC 7523 §3, OIDC Core §9). The caller has to accept each `jti` only once.
 *
 * @throws AuthError `token_malformed`, `token_type`, `token_algorithm`, `token_key_unknown`, `token_signature`,
 * `token_issuer`, `token_audience`, `token_expired`, `token_not_yet_valid`, `token_claim`, and the transient
 * `keys_unavailable`.
 */
export async function verifyClientAssertion(
  assertion: string,
  options: VerifyClientAssertionOptions,
): Promise<ClientAssertionClaims> {
  requireSigningAlgorithms(options.algorithms);
  const { claims } = await verifyJws(assertion, {
    types: ['jwt', 'client-authentication+jwt', undefined],
    expected: 'a client assertion (typ JWT or none)',
    maxLength: MAX_ASSERTION_LENGTH,
    algorithms: options.algorithms,
    keys: options.keys,
  });
  requireIssuer(claims, options.clientId);
  if (requireString(claims, 'sub') !== options.clientId) throw claimError('sub', 'is not the client_id');
  requireKnownAudiences(claims, options);
  requireShortLifetime(claims, options);
  return {
    iss: options.clientId,
    sub: options.clientId,
    jti: requireString(claims, 'jti'),
    exp: requireNumericDate(claims, 'exp'),
  };
}

/**
 * Every audience has to be this server: an assertion that also names another server could be replayed by that server here,
 * or the other way round (RFC 7523 §3, RFC 9700 §4.4).
 */
function requireKnownAudiences(
  claims: SignedClaims,
  {
    audiences: known,
    singleAudience = false,
  }: Pick<VerifyClientAssertionOptions, 'audiences' | 'singleAudience'>,
): void {
  const { aud } = claims;
  const audiences =
    typeof aud === 'string' ? [aud] : singleAudience ? [] : (findStringArray(claims, 'aud') ?? []);
  if (audiences.length > 0 && audiences.every((one) => known.includes(one))) return;
  throw authError(
    'token_audience',
    `the assertion is for ${quoteUntrusted(aud)}, this server is ${quoteUntrusted(known[0])}: put that into aud`,
  );
}

/** `iat` is optional here (RFC 7523 §3(6)); `exp` is required and must not lie far in the future. */
function requireShortLifetime(claims: SignedClaims, options: VerifyClientAssertionOptions): void {
  const { clock = systemClock, maxLifetimeSeconds = MAX_LIFETIME_SECONDS } = options;
  requireNotExpired(claims, options);
  for (const name of ['iat', 'nbf'])
    if (Object.hasOwn(claims, name)) requireNotInFuture(claims, name, options);
  if (requireNumericDate(claims, 'exp') - clock() > maxLifetimeSeconds) {
    throw claimError('exp', `is more than ${maxLifetimeSeconds} s ahead`);
  }
}
