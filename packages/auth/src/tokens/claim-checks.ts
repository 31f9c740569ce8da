import {
  authError,
  CLOCK_TOLERANCE_SECONDS,
  quoteUntrusted,
  systemClock,
  type AuthError,
  type Clock,
  type Note,
} from '../foundation/index.ts';

/** Claims whose signature is verified; their values are not checked yet. */
export type SignedClaims = Readonly<Record<string, unknown>>;

/** The clock that `exp`, `iat` and `nbf` are compared with. */
export interface TimeOptions {
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** How far the issuer's clock may differ from this one. Default 30 seconds. */
  readonly toleranceSeconds?: number | undefined;
}

/** OIDC Core §2 limits `sub` to 255 characters; no other identifier needs more. */
const MAX_STRING_LENGTH = 255;

export function claimError(name: string, what: string): AuthError {
  return authError('token_claim', `the claim ${name} ${what}: the issuer must fix it`);
}

/** @throws AuthError `token_claim` unless the claim is a string of 1 to 255 characters. */
export function requireString(claims: SignedClaims, name: string): string {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_STRING_LENGTH) return value;
  throw claimError(name, `is not a string of 1 to ${MAX_STRING_LENGTH} characters`);
}

/**
 * A NumericDate (RFC 7519 §2) in seconds, as the issuer wrote it: a fraction stays, so that no comparison is rounded.
 * Texts, null, negative and overflowing numbers (`1e400`) are refused.
 */
export function requireNumericDate(claims: SignedClaims, name: string): number {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw claimError(name, 'is not a time in seconds');
}

/** An array of strings, or `undefined` where the claim is absent. */
export function findStringArray(claims: SignedClaims, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw claimError(name, 'is not a list of strings');
}

/** Applies a check to each of these claims that is present. */
export function requireIfPresent(
  claims: SignedClaims,
  names: readonly string[],
  check: (claims: SignedClaims, name: string) => unknown,
): void {
  for (const name of names) if (Object.hasOwn(claims, name)) check(claims, name);
}

/** Compares character by character (OIDC Core §3.1.3.7(2)): another host, slash or case means another issuer. */
export function requireIssuer(claims: SignedClaims, issuer: string): void {
  const { iss } = claims;
  if (typeof iss === 'string' && iss === issuer) return;
  throw authError(
    'token_issuer',
    `the token's issuer is ${quoteUntrusted(iss)}, this site trusts ${quoteUntrusted(issuer)}: compare both, a slash counts`,
  );
}

/** Whether `aud` is this audience alone, as a string or as an array of one (RFC 7519 §4.1.3). */
export function isOnlyAudience(claims: SignedClaims, audience: string): boolean {
  const { aud } = claims;
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return list.length === 1 && typeof list[0] === 'string' && list[0] === audience;
}

/** `exp` and `iat` are required, `nbf` is optional. @returns the time that they were compared with */
export function requireValidTimes(claims: SignedClaims, options: TimeOptions, note: Note): number {
  const noteTime = (name: string, side: 'after' | 'before') => {
    const { clock = systemClock, toleranceSeconds: tolerance = CLOCK_TOLERANCE_SECONDS } = options;
    note(name, `${side} ${side === 'after' ? clock() - tolerance : clock() + tolerance}`, claims[name]);
  };
  noteTime('exp', 'after');
  const now = requireNotExpired(claims, options);
  noteTime('iat', 'before');
  requireNotInFuture(claims, 'iat', options);
  if (!Object.hasOwn(claims, 'nbf')) return now;
  noteTime('nbf', 'before');
  requireNotInFuture(claims, 'nbf', options);
  return now;
}

/**
 * The comparison is written so that a clock that returns NaN refuses the token.
 *
 * @returns the time that `exp` was compared with
 */
export function requireNotExpired(
  claims: SignedClaims,
  { clock = systemClock, toleranceSeconds = CLOCK_TOLERANCE_SECONDS }: TimeOptions,
): number {
  const now = clock();
  const exp = requireNumericDate(claims, 'exp');
  if (now < exp + toleranceSeconds) return now;
  throw authError(
    'token_expired',
    `the token ended ${Math.floor(now - exp)} s ago: get a new one, and compare clocks`,
  );
}

/** Refuses a time in the future. */
export function requireNotInFuture(
  claims: SignedClaims,
  name: string,
  { clock = systemClock, toleranceSeconds = CLOCK_TOLERANCE_SECONDS }: TimeOptions,
): void {
  const now = clock();
  const at = requireNumericDate(claims, name);
  if (at <= now + toleranceSeconds) return;
  throw authError(
    'token_not_yet_valid',
    `${name} is ${Math.ceil(at - now)} s ahead of this clock: compare the clocks`,
  );
}
