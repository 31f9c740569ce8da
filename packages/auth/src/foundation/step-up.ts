import { CLOCK_TOLERANCE_SECONDS } from './clock.ts';
/** How recently, and in which way, a person must have signed in (OIDC Core §3.1.2.1, RFC 9470). */
export interface StepUp {
  /** Integer seconds since `auth_time`; clocks may differ by 30 s. A token or session without `auth_time` is refused. */
  readonly maxAgeSeconds?: number | undefined;
  /** One of these authentication contexts, as the provider names them in `acr`. */
  readonly acrValues?: readonly string[] | undefined;
}

/** What a token or session says about the sign-in (OIDC Core §2; RFC 9470 calls it the authentication event). */
export interface AuthenticationEvent {
  readonly auth_time?: number | undefined;
  readonly acr?: string | undefined;
}

/** Whether the sign-in was recent and strong enough. @param now integer seconds since the epoch */
export function isStepUpMet(
  { auth_time: authTime, acr }: AuthenticationEvent,
  { maxAgeSeconds, acrValues }: StepUp,
  now: number,
): boolean {
  const isRecent =
    maxAgeSeconds === undefined || (authTime !== undefined && isRecentTime(authTime, maxAgeSeconds, now));
  return isRecent && (acrValues === undefined || (acr !== undefined && acrValues.includes(acr)));
}

/**
 * Also refuses a time in the future, which would count as recent until it has passed (RFC 9470 §5). The tolerance is that
 * of the token checks: a stricter guard would send people to the provider and back without end.
 */
function isRecentTime(authTime: number, maxAgeSeconds: number, now: number): boolean {
  return (
    authTime <= now + CLOCK_TOLERANCE_SECONDS && now <= authTime + maxAgeSeconds + CLOCK_TOLERANCE_SECONDS
  );
}

/** The same as parameters of an authorization request or a challenge (RFC 9470 §3). */
export function stepUpParameters({ maxAgeSeconds, acrValues }: StepUp): Record<string, string> {
  return {
    ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
    ...(acrValues === undefined ? {} : { acr_values: acrValues.join(' ') }),
  };
}

/** The longest `acr_values` in the address of a login, characters. */
export const MAX_ACR_VALUES_LENGTH = 300;

/**
 * Reads `max_age` and `acr_values` of a login's address. Malformed values are ignored: the guard behind the login
 * checks its own configuration, so nothing is gained by leaving them out.
 */
export function parseStepUp(parameters: URLSearchParams): StepUp {
  const maxAge = parameters.get('max_age') ?? '';
  const acrValues = parameters.get('acr_values') ?? '';
  return {
    ...(isMaxAge(maxAge) ? { maxAgeSeconds: Number(maxAge) } : {}),
    ...(/^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/.test(acrValues) && acrValues.length <= MAX_ACR_VALUES_LENGTH
      ? { acrValues: acrValues.split(' ') }
      : {}),
  };
}

/** Whole seconds, 0 to 99999999. */
export function isMaxAge(text: string): boolean {
  return /^\d{1,8}$/.test(text);
}
