import { authError, quoteUntrusted, systemClock } from '../foundation/index.ts';
import { requireAlgorithms, type SigningAlgorithm } from './algorithms.ts';
import {
  checkBeginning,
  checkEnd,
  checkIssuer,
  findTexts,
  requireText,
  requireTime,
  wrongClaim,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import type { VerificationKeys } from './verification-keys.ts';
import { verifyJws } from './verify-jws.ts';

export interface VerifyClientAssertionOptions extends TimeOptions {
  /** Both `iss` and `sub` (RFC 7523 §3). */
  readonly clientId: string;
  /** The names of this authorization server: its issuer, its token endpoint. `aud` holds these alone. */
  readonly audiences: readonly string[];
  /** What the client registered, or all that the server takes; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** The client's registered keys. */
  readonly keys: VerificationKeys;
  /** How far ahead `exp` may be: as long `jti` has to be remembered. Default 3600. */
  readonly maxLifetimeSeconds?: number | undefined;
}

/** What is left to do with a client assertion: remember `jti` until `exp`. */
export interface ClientAssertionClaims {
  readonly iss: string;
  readonly sub: string;
  readonly jti: string;
  readonly exp: number;
}

const MAX_ASSERTION_LENGTH = 7 * 1024;
const MAX_LIFETIME_SECONDS = 3600;

/**
 * Verifies a client's `private_key_jwt` (RFC 7523 §3, OIDC Core §9). The caller lets each `jti` count once.
 *
 * @throws AuthError `token_malformed`, `token_type`, `token_algorithm`, `token_key_unknown`, `token_signature`,
 * `token_issuer`, `token_audience`, `token_expired`, `token_not_yet_valid`, `token_claim`, and the transient
 * `keys_unavailable`.
 */
export async function verifyClientAssertion(
  assertion: string,
  options: VerifyClientAssertionOptions,
): Promise<ClientAssertionClaims> {
  requireAlgorithms(options.algorithms);
  const { claims } = await verifyJws(assertion, {
    types: ['jwt', 'client-authentication+jwt', undefined],
    wanted: 'a client assertion (typ JWT or none)',
    maxLength: MAX_ASSERTION_LENGTH,
    algorithms: options.algorithms,
    keys: options.keys,
  });
  checkIssuer(claims, options.clientId);
  if (requireText(claims, 'sub') !== options.clientId) throw wrongClaim('sub', 'is not the client_id');
  checkAudiences(claims, options.audiences);
  checkLifetime(claims, options);
  return {
    iss: options.clientId,
    sub: options.clientId,
    jti: requireText(claims, 'jti'),
    exp: requireTime(claims, 'exp'),
  };
}

/**
 * Every audience has to be this server: one that also names a stranger could be carried from there to here, or the
 * other way round (RFC 7523 §3, RFC 9700 §4.4).
 */
function checkAudiences(claims: SignedClaims, known: readonly string[]): void {
  const { aud } = claims;
  const audiences = typeof aud === 'string' ? [aud] : (findTexts(claims, 'aud') ?? []);
  if (audiences.length > 0 && audiences.every((one) => known.includes(one))) return;
  throw authError(
    'token_audience',
    `the assertion is for ${quoteUntrusted(aud)}, this server is ${quoteUntrusted(known[0])}: put that into aud`,
  );
}

/** `iat` may be left out here (RFC 7523 §3(6)); `exp` may not, and not lie far ahead. */
function checkLifetime(claims: SignedClaims, options: VerifyClientAssertionOptions): void {
  const { clock = systemClock, maxLifetimeSeconds = MAX_LIFETIME_SECONDS } = options;
  checkEnd(claims, options);
  for (const name of ['iat', 'nbf']) if (Object.hasOwn(claims, name)) checkBeginning(claims, name, options);
  if (requireTime(claims, 'exp') - clock() > maxLifetimeSeconds) {
    throw wrongClaim('exp', `is more than ${maxLifetimeSeconds} s ahead`);
  }
}
