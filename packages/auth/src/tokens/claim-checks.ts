import { authError, quoteUntrusted, systemClock, type AuthError, type Clock } from '../foundation/index.ts';

/** Claims whose signature holds, of any shape still. */
export type SignedClaims = Readonly<Record<string, unknown>>;

/** How times are compared. */
export interface TimeOptions {
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** How far the issuer's clock may differ from this one. Default 30 seconds. */
  readonly toleranceSeconds?: number | undefined;
}

export const DEFAULT_TOLERANCE_SECONDS = 30;

/** OIDC Core §2 allows `sub` 255 characters; no other identifier needs more. */
const MAX_TEXT_LENGTH = 255;

export function wrongClaim(name: string, what: string): AuthError {
  return authError('token_claim', `the claim ${name} ${what}: the issuer must fix it`);
}

/** @throws AuthError `token_claim` unless the claim is a string of 1 to 255 characters. */
export function requireText(claims: SignedClaims, name: string): string {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_TEXT_LENGTH) return value;
  throw wrongClaim(name, `is not a string of 1 to ${MAX_TEXT_LENGTH} characters`);
}

/** Integer seconds only: fractions, strings, negative and overflowing numbers (`1e400`) are refused. */
export function requireTime(claims: SignedClaims, name: string): number {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrongClaim(name, 'is not a time in integer seconds');
}

/** A list of strings, or `undefined` where the claim is absent. */
export function findTexts(claims: SignedClaims, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw wrongClaim(name, 'is not a list of strings');
}

/** Checks claims that may be absent. */
export function checkOptional(
  claims: SignedClaims,
  names: readonly string[],
  check: (claims: SignedClaims, name: string) => unknown,
): void {
  for (const name of names) if (Object.hasOwn(claims, name)) check(claims, name);
}

/** Exactly this issuer, character by character (OIDC Core §3.1.3.7(2)): another host, slash or case is another one. */
export function checkIssuer(claims: SignedClaims, issuer: string): void {
  const { iss } = claims;
  if (typeof iss === 'string' && iss === issuer) return;
  throw authError(
    'token_issuer',
    `the token's issuer is ${quoteUntrusted(iss)}, this site trusts ${quoteUntrusted(issuer)}: compare both, a slash counts`,
  );
}

/** This audience and no other; a list of one is the same as the one. RFC 7519 §4.1.3. */
export function isOnlyAudience(claims: SignedClaims, audience: string): boolean {
  const { aud } = claims;
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return list.length === 1 && typeof list[0] === 'string' && list[0] === audience;
}

/** `exp` and `iat` must be there, `nbf` may. */
export function checkTimes(claims: SignedClaims, options: TimeOptions): number {
  const now = checkEnd(claims, options);
  checkBeginning(claims, 'iat', options);
  if (Object.hasOwn(claims, 'nbf')) checkBeginning(claims, 'nbf', options);
  return now;
}

/**
 * Written so that a clock without a value refuses.
 *
 * @returns the time it was compared with.
 */
export function checkEnd(
  claims: SignedClaims,
  { clock = systemClock, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS }: TimeOptions,
): number {
  const now = clock();
  const exp = requireTime(claims, 'exp');
  if (now < exp + toleranceSeconds) return now;
  throw authError('token_expired', `the token ended ${now - exp} s ago: get a new one, and compare clocks`);
}

/** A time that must not lie ahead. */
export function checkBeginning(
  claims: SignedClaims,
  name: string,
  { clock = systemClock, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS }: TimeOptions,
): void {
  const now = clock();
  const at = requireTime(claims, name);
  if (at <= now + toleranceSeconds) return;
  throw authError('token_not_yet_valid', `${name} is ${at - now} s ahead of this clock: compare the clocks`);
}
