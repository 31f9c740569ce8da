import { authError, type AuthError } from '../foundation/index.ts';
import { requireAlgorithms, type SigningAlgorithm } from './algorithms.ts';
import {
  checkIssuer,
  checkOptional,
  checkTimes,
  findTexts,
  requireText,
  requireTime,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import { LOGOUT_EVENT, type LogoutTokenClaims } from './claims.ts';
import { isObject } from './compact.ts';
import type { VerificationKeys } from './verification-keys.ts';
import { checkClient } from './verify-id-token.ts';
import { verifyJws } from './verify-jws.ts';

export interface VerifyLogoutTokenOptions extends TimeOptions {
  /** Compared character by character. */
  readonly issuer: string;
  readonly clientId: string;
  /** What this client registered; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
}

const MAX_LOGOUT_TOKEN_LENGTH = 7 * 1024;

/**
 * Verifies a logout token for this client. The caller remembers `jti` until `exp`: a second delivery is no error,
 * but it must have no effect on a session that was opened later.
 *
 * @throws AuthError the codes of `verifyAccessToken`, and `logout_token` for what only a logout token has.
 * @see OIDC Back-Channel Logout 1.0 §2.6
 */
export async function verifyLogoutToken(
  token: string,
  options: VerifyLogoutTokenOptions,
): Promise<LogoutTokenClaims> {
  requireAlgorithms(options.algorithms);
  const { claims } = await verifyJws(token, {
    // §2.4 recommends the type and providers that predate it send none; `events` below tells an ID token apart.
    types: ['logout+jwt', 'jwt', undefined],
    wanted: 'a logout token (typ logout+jwt)',
    maxLength: MAX_LOGOUT_TOKEN_LENGTH,
    algorithms: options.algorithms,
    keys: options.keys,
  });
  checkIssuer(claims, options.issuer);
  checkClient(claims, options.clientId);
  checkTimes(claims, options);
  return toLogoutTokenClaims(claims);
}

function toLogoutTokenClaims(claims: SignedClaims): LogoutTokenClaims {
  const event = requireLogoutEvent(claims['events']);
  // §2.4 prohibits nonce, so that no logout token can pass as the ID token of a login.
  if (Object.hasOwn(claims, 'nonce')) throw refused('carries a nonce, as only an ID token may');
  if (!Object.hasOwn(claims, 'sid') && !Object.hasOwn(claims, 'sub'))
    throw refused('names neither sid nor sub');
  checkOptional(claims, ['sid', 'sub'], requireText);
  const aud = claims['aud'];
  return {
    ...claims,
    iss: requireText(claims, 'iss'),
    aud: typeof aud === 'string' ? aud : (findTexts(claims, 'aud') ?? []),
    iat: requireTime(claims, 'iat'),
    exp: requireTime(claims, 'exp'),
    jti: requireText(claims, 'jti'),
    events: { [LOGOUT_EVENT]: event },
  };
}

function requireLogoutEvent(events: unknown): object {
  const event = isObject(events) && Object.hasOwn(events, LOGOUT_EVENT) ? events[LOGOUT_EVENT] : undefined;
  if (isObject(event)) return event;
  throw refused('has no back-channel logout event');
}

function refused(what: string): AuthError {
  return authError(
    'logout_token',
    `the logout token ${what}: the provider must send what Back-Channel Logout §2.4 says`,
  );
}
