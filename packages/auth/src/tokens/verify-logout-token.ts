import { authError, type AuthError } from '../foundation/index.ts';
import { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
import {
  requireIssuer,
  requireIfPresent,
  requireValidTimes,
  findStringArray,
  requireString,
  requireNumericDate,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import { LOGOUT_EVENT, type LogoutTokenClaims } from './claims.ts';
import { isJsonObject } from './strict-json.ts';
import { inspectToken, type ReportOptions } from './inspect-token.ts';
import type { VerificationKeys } from './keys/verification-keys.ts';
import { requireClientAudience } from './verify-id-token.ts';
import { verifyJws } from './jws/verify-jws.ts';

export interface VerifyLogoutTokenOptions extends TimeOptions, ReportOptions {
  /** Compared character by character. */
  readonly issuer: string;
  readonly clientId: string;
  /** Who else may be in `aud`, as in ID tokens. Default: nobody. */
  readonly trustedAudiences?: readonly string[] | undefined;
  /** The algorithms that this client registered; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
}

const MAX_LOGOUT_TOKEN_LENGTH = 7 * 1024;

/**
 * Verifies a logout token for this client. The caller has to remember `jti` until `exp`: a second delivery isn't an error,
 * but it must not end a session that began after the first.
 *
 * @throws AuthError the codes of `verifyAccessToken`, and `logout_token` for what only a logout token has.
 * @see OIDC Back-Channel Logout 1.0 §2.6
 */
export async function verifyLogoutToken(
  token: string,
  options: VerifyLogoutTokenOptions,
): Promise<LogoutTokenClaims> {
  requireSigningAlgorithms(options.algorithms);
  const { algorithms, keys } = options;
  // §2.4 recommends the first type, and older providers send none. The check of `events` below refuses an ID token.
  const types = ['logout+jwt', 'jwt', undefined];
  return inspectToken(options, { kind: 'logout', text: token, algorithms, types }, async (note) => {
    const { claims } = await verifyJws(token, {
      types,
      expected: 'a logout token (typ logout+jwt)',
      maxLength: MAX_LOGOUT_TOKEN_LENGTH,
      algorithms,
      keys,
      prohibited: ['nonce'],
    });
    note('iss', options.issuer, claims['iss']);
    requireIssuer(claims, options.issuer);
    note('aud', options.clientId, claims['aud']);
    requireClientAudience(claims, options);
    requireValidTimes(claims, options, note);
    note('events', 'a logout event, sid or sub, no nonce', Object.keys(claims));
    return toLogoutTokenClaims(claims);
  });
}

function toLogoutTokenClaims(claims: SignedClaims): LogoutTokenClaims {
  const event = requireLogoutEvent(claims['events']);
  // §2.4 prohibits nonce, so that a logout token can't be accepted as the ID token of a login.
  if (Object.hasOwn(claims, 'nonce')) throw logoutTokenError('carries a nonce, as only an ID token may');
  if (!Object.hasOwn(claims, 'sid') && !Object.hasOwn(claims, 'sub'))
    throw logoutTokenError('names neither sid nor sub');
  requireIfPresent(claims, ['sid', 'sub'], requireString);
  const aud = claims['aud'];
  return {
    ...claims,
    iss: requireString(claims, 'iss'),
    aud: typeof aud === 'string' ? aud : (findStringArray(claims, 'aud') ?? []),
    iat: requireNumericDate(claims, 'iat'),
    exp: requireNumericDate(claims, 'exp'),
    jti: requireString(claims, 'jti'),
    events: { [LOGOUT_EVENT]: event },
  };
}

function requireLogoutEvent(events: unknown): object {
  const event =
    isJsonObject(events) && Object.hasOwn(events, LOGOUT_EVENT) ? events[LOGOUT_EVENT] : undefined;
  if (isJsonObject(event)) return event;
  throw logoutTokenError('has no back-channel logout event');
}

function logoutTokenError(what: string): AuthError {
  return authError(
    'logout_token',
    `the logout token ${what}: the provider must send what Back-Channel Logout §2.4 says`,
  );
}
