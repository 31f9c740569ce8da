import { authError, equalInConstantTime, quoteUntrusted } from '../foundation/index.ts';
import { requireAlgorithms, type SigningAlgorithm } from './algorithms.ts';
import {
  checkBeginning,
  checkIssuer,
  checkOptional,
  checkTimes,
  DEFAULT_TOLERANCE_SECONDS,
  findTexts,
  isOnlyAudience,
  requireText,
  requireTime,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import { LOGOUT_EVENT, type IdTokenClaims } from './claims.ts';
import { isObject } from './compact.ts';
import { leftHalfHash } from './left-half-hash.ts';
import type { VerificationKeys } from './verification-keys.ts';
import { verifyJws } from './verify-jws.ts';

export interface VerifyIdTokenOptions extends TimeOptions {
  /** Compared character by character. */
  readonly issuer: string;
  readonly clientId: string;
  /** What this client registered; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
  /** The one sent with this login. `undefined` is for an ID token that came with a refresh: none is expected there. */
  readonly nonce: string | undefined;
  /** The `max_age` that was asked for: a person who proved themselves earlier is refused. Seconds. */
  readonly maxAgeSeconds?: number | undefined;
  /** The `acr_values` that were asked for and are insisted on: another `acr`, or none, is refused. */
  readonly acrValues?: readonly string[] | undefined;
  /** The access token of the same response: compared with `at_hash` where the ID token has one. */
  readonly accessToken?: string | undefined;
}

/** It comes in a body, so some providers put much into it; more than this is no ID token. */
const MAX_ID_TOKEN_LENGTH = 16 * 1024;

/**
 * Verifies an ID token for this client, its signature included even when it came straight from the token endpoint
 * (stricter than OIDC Core §3.1.3.7(6)).
 *
 * @throws AuthError the codes of `verifyAccessToken`, `nonce_mismatch`, `login_too_old`, `login_too_weak`.
 * @see OIDC Core §3.1.3.7, and §12.2 for tokens from a refresh
 */
export async function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<IdTokenClaims> {
  requireAlgorithms(options.algorithms);
  const { header, claims } = await verifyJws(token, {
    types: ['jwt', undefined],
    wanted: 'an ID token (typ JWT or none)',
    maxLength: MAX_ID_TOKEN_LENGTH,
    algorithms: options.algorithms,
    keys: options.keys,
  });
  checkIssuer(claims, options.issuer);
  checkClient(claims, options.clientId);
  refuseLogoutToken(claims);
  const now = checkTimes(claims, options);
  checkNonce(claims, options.nonce);
  checkAuthTime(claims, now, options);
  checkContext(claims, options.acrValues);
  await checkAccessTokenHash(claims, header.algorithm, options.accessToken);
  return toIdTokenClaims(claims);
}

/** OIDC Core §3.1.3.7(3)–(5): issued to this client and trusted by no other audience. */
export function checkClient(claims: SignedClaims, clientId: string): void {
  const azp = Object.hasOwn(claims, 'azp') ? claims['azp'] : clientId;
  if (isOnlyAudience(claims, clientId) && azp === clientId) return;
  throw authError(
    'token_audience',
    `the token is for ${quoteUntrusted(claims['aud'])} (azp ${quoteUntrusted(claims['azp'])}), this client is ${quoteUntrusted(clientId)}: sign in here`,
  );
}

/**
 * Back-Channel Logout §2.4: a logout token of a provider that writes typ JWT differs from an ID token by its event
 * alone where no nonce is expected (T-15).
 */
function refuseLogoutToken({ events }: SignedClaims): void {
  if (!isObject(events) || !Object.hasOwn(events, LOGOUT_EVENT)) return;
  throw authError('token_type', 'wanted an ID token, got a logout token: send the right one of your tokens');
}

/** OIDC Core §3.1.3.7(11): a token injected from another login carries another nonce. */
function checkNonce(claims: SignedClaims, nonce: string | undefined): void {
  if (nonce === undefined) return;
  const found = claims['nonce'];
  if (typeof found === 'string' && equalInConstantTime(found, nonce)) return;
  throw authError(
    'nonce_mismatch',
    'the ID token does not belong to the login this browser began: sign in again',
  );
}

/**
 * OIDC Core §3.1.3.7(13): `max_age` is a promise only if the answer is checked. A time that lies ahead would count as
 * recent for as long as it does.
 */
function checkAuthTime(claims: SignedClaims, now: number, options: VerifyIdTokenOptions): void {
  checkOptional(claims, ['auth_time'], () => checkBeginning(claims, 'auth_time', options));
  if (options.maxAgeSeconds === undefined) return;
  const tolerance = options.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  const authTime = requireTime(claims, 'auth_time');
  if (now <= authTime + options.maxAgeSeconds + tolerance) return;
  throw authError(
    'login_too_old',
    `the person signed in ${now - authTime} s ago, longer than allowed: sign in again`,
  );
}

/** OIDC Core §3.1.2.1: `acr_values` is a wish that providers may pass over, so the answer is checked too. */
function checkContext(claims: SignedClaims, acrValues: readonly string[] | undefined): void {
  const { acr } = claims;
  if (acrValues === undefined || (typeof acr === 'string' && acrValues.includes(acr))) return;
  throw authError(
    'login_too_weak',
    `the person proved who they are by ${quoteUntrusted(acr)}, this needs one of ${quoteUntrusted(acrValues.join(' '))}: does the provider offer it?`,
  );
}

/** OIDC Core §3.1.3.8: an access token put in the place of the issued one is noticed. */
async function checkAccessTokenHash(
  claims: SignedClaims,
  algorithm: SigningAlgorithm,
  accessToken: string | undefined,
): Promise<void> {
  if (accessToken === undefined || !Object.hasOwn(claims, 'at_hash')) return;
  if (claims['at_hash'] === (await leftHalfHash(accessToken, algorithm))) return;
  throw authError(
    'token_claim',
    'at_hash does not match the access token of the same response: sign in again',
  );
}

function toIdTokenClaims(claims: SignedClaims): IdTokenClaims {
  checkOptional(claims, ['sid', 'acr', 'azp'], requireText);
  checkOptional(claims, ['amr'], findTexts);
  const aud = claims['aud'];
  return {
    ...claims,
    iss: requireText(claims, 'iss'),
    sub: requireText(claims, 'sub'),
    aud: typeof aud === 'string' ? aud : (findTexts(claims, 'aud') ?? []),
    exp: requireTime(claims, 'exp'),
    iat: requireTime(claims, 'iat'),
  };
}
