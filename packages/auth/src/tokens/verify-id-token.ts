import {
  type AuthError,
  authError,
  CLOCK_TOLERANCE_SECONDS,
  equalInConstantTime,
  type Note,
  quoteUntrusted,
} from '../foundation/index.ts';
import { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
import {
  requireNotInFuture,
  requireIssuer,
  requireIfPresent,
  requireValidTimes,
  findStringArray,
  isOnlyAudience,
  requireString,
  requireNumericDate,
  type SignedClaims,
  type TimeOptions,
} from './claim-checks.ts';
import { LOGOUT_EVENT, type IdTokenClaims } from './claims.ts';
import { isJsonObject } from './strict-json.ts';
import { inspectToken, type ReportOptions } from './inspect-token.ts';
import { leftHalfHash } from './left-half-hash.ts';
import type { VerificationKeys } from './keys/verification-keys.ts';
import { verifyJws } from './jws/verify-jws.ts';

export interface VerifyIdTokenOptions extends TimeOptions, ReportOptions {
  /** Compared character by character. */
  readonly issuer: string;
  readonly clientId: string;
  /**
   * Who else may be in `aud` beside this client (OIDC Core §3.1.3.7(3)). Such a token is valid there too. Default: nobody.
   */
  readonly trustedAudiences?: readonly string[] | undefined;
  /** The algorithms that this client registered; asymmetric only. */
  readonly algorithms: readonly SigningAlgorithm[];
  readonly keys: VerificationKeys;
  /** The nonce of this login. `undefined` for an ID token from a refresh, where none is expected. */
  readonly nonce: string | undefined;
  /** The `max_age` of the request, seconds: a person who signed in earlier is refused. */
  readonly maxAgeSeconds?: number | undefined;
  /** The `acr_values` of the request, where they are a requirement: another `acr`, or none, is refused. */
  readonly acrValues?: readonly string[] | undefined;
  /** The access token of the same response, to compare with `at_hash` where the ID token has one. */
  readonly accessToken?: string | undefined;
}

/** It arrives in a body, so some providers put many claims into it; a legitimate one stays below this. */
const MAX_ID_TOKEN_LENGTH = 16 * 1024;

/**
 * Verifies an ID token for this client. The signature is verified even if the token came straight from the token endpoint,
 * which is stricter than OIDC Core §3.1.3.7(6).
 *
 * @throws AuthError the codes of `verifyAccessToken`, `nonce_mismatch`, `login_too_old`, `login_too_weak`.
 * @see OIDC Core §3.1.3.7, and §12.2 for tokens from a refresh
 */
export async function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<IdTokenClaims> {
  requireSigningAlgorithms(options.algorithms);
  const { algorithms, keys } = options;
  const types = ['jwt', undefined];
  return inspectToken(options, { kind: 'id', text: token, algorithms, types }, async (note) => {
    const { header, claims } = await verifyJws(token, {
      types,
      expected: 'an ID token (typ JWT or none)',
      maxLength: MAX_ID_TOKEN_LENGTH,
      algorithms,
      keys,
    });
    note('iss', options.issuer, claims['iss']);
    requireIssuer(claims, options.issuer);
    note('aud', options.clientId, claims['aud']);
    requireClientAudience(claims, options);
    requireAuthorizedParty(claims, options.clientId);
    note('events', 'no logout event', Object.hasOwn(claims, 'events') ? 'events' : 'none');
    requireNoLogoutEvent(claims);
    const now = requireValidTimes(claims, options, note);
    noteNonce(note, claims, options.nonce);
    requireNonce(claims, options.nonce);
    note('auth_time', describeMaxAge(options), claims['auth_time']);
    requireAuthTime(claims, now, options);
    note('acr', options.acrValues ?? 'any', claims['acr']);
    requireAcr(claims, options.acrValues);
    note('at_hash', 'of the access token beside it', Object.hasOwn(claims, 'at_hash') ? 'a hash' : 'none');
    await requireAccessTokenHash(claims, header.algorithm, options.accessToken);
    note('claims', 'what OIDC Core §2 requires', Object.keys(claims));
    return toIdTokenClaims(claims);
  });
}

/** A nonce binds a login to its browser, so its value stays out of every log. */
function noteNonce(note: Note, claims: SignedClaims, nonce: string | undefined): void {
  const found = claims['nonce'] === undefined ? 'none' : claims['nonce'] === nonce ? 'that one' : 'another';
  note('nonce', nonce === undefined ? 'any, after a refresh' : 'that of this login', found);
}

function describeMaxAge({ maxAgeSeconds }: VerifyIdTokenOptions): string {
  return maxAgeSeconds === undefined ? 'any time that has passed' : `${maxAgeSeconds} s ago at most`;
}

/** OIDC Core §3.1.3.7(3): `aud` names this client, and beside it only audiences that the site trusts. */
export function requireClientAudience(
  claims: SignedClaims,
  { clientId, trustedAudiences = [] }: Pick<VerifyIdTokenOptions, 'clientId' | 'trustedAudiences'>,
): void {
  const { aud, azp = clientId } = claims;
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const others = list.filter((one) => one !== clientId);
  const isTrusted = (one: unknown) => typeof one === 'string' && trustedAudiences.includes(one);
  if (list.includes(clientId) && others.every(isTrusted) && azp === clientId) return;
  throw audienceError(claims, clientId);
}

/** OIDC Core §3.1.3.7(4): a token for several audiences has to say that it was issued to this client. */
function requireAuthorizedParty(claims: SignedClaims, clientId: string): void {
  if (isOnlyAudience(claims, clientId) || claims['azp'] === clientId) return;
  throw audienceError(claims, clientId);
}

export function audienceError({ aud, azp }: SignedClaims, clientId: string): AuthError {
  return authError(
    'token_audience',
    `the token is for ${quoteUntrusted(aud)} (azp ${quoteUntrusted(azp)}), this client is ${quoteUntrusted(clientId)}: sign in here, or name the others as trustedAudiences`,
  );
}

/**
 * Refuses a logout token as an ID token (T-15). Where its `typ` is JWT and no nonce is expected, only the event tells them
 * apart (Back-Channel Logout §2.4).
 */
function requireNoLogoutEvent({ events }: SignedClaims): void {
  if (!isJsonObject(events) || !Object.hasOwn(events, LOGOUT_EVENT)) return;
  throw authError('token_type', 'wanted an ID token, got a logout token: send the right one of your tokens');
}

/** OIDC Core §3.1.3.7(11): an ID token that an attacker injects from another login has another nonce. */
function requireNonce(claims: SignedClaims, nonce: string | undefined): void {
  if (nonce === undefined) return;
  const found = claims['nonce'];
  if (typeof found === 'string' && equalInConstantTime(found, nonce)) return;
  throw authError(
    'nonce_mismatch',
    'the ID token does not belong to the login this browser began: sign in again',
  );
}

/**
 * OIDC Core §3.1.3.7(13): providers may ignore `max_age`, so the answer is checked. A time in the future is refused, because
 * it would count as recent until it has passed.
 */
function requireAuthTime(claims: SignedClaims, now: number, options: VerifyIdTokenOptions): void {
  requireIfPresent(claims, ['auth_time'], () => requireNotInFuture(claims, 'auth_time', options));
  if (options.maxAgeSeconds === undefined) return;
  const tolerance = options.toleranceSeconds ?? CLOCK_TOLERANCE_SECONDS;
  const authTime = requireNumericDate(claims, 'auth_time');
  if (now <= authTime + options.maxAgeSeconds + tolerance) return;
  throw authError(
    'login_too_old',
    `the person signed in ${Math.floor(now - authTime)} s ago, longer than allowed: sign in again`,
  );
}

/** OIDC Core §3.1.2.1: `acr_values` is voluntary, and providers may ignore it, so the answer is checked. */
function requireAcr(claims: SignedClaims, acrValues: readonly string[] | undefined): void {
  const { acr } = claims;
  if (acrValues === undefined || (typeof acr === 'string' && acrValues.includes(acr))) return;
  throw authError(
    'login_too_weak',
    `the person proved who they are by ${quoteUntrusted(acr)}, this needs one of ${quoteUntrusted(acrValues.join(' '))}: does the provider offer it?`,
  );
}

/** OIDC Core §3.1.3.8: `at_hash` shows whether an attacker replaced the access token. */
async function requireAccessTokenHash(
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
  requireIfPresent(claims, ['sid', 'acr', 'azp'], requireString);
  requireIfPresent(claims, ['amr'], findStringArray);
  const aud = claims['aud'];
  return {
    ...claims,
    iss: requireString(claims, 'iss'),
    sub: requireString(claims, 'sub'),
    aud: typeof aud === 'string' ? aud : (findStringArray(claims, 'aud') ?? []),
    exp: requireNumericDate(claims, 'exp'),
    iat: requireNumericDate(claims, 'iat'),
  };
}
