import { authError } from './errors.ts';

/** How recently, and in which way, a person must have proved who they are (OIDC Core §3.1.2.1, RFC 9470). */
export interface StepUp {
  /** Integer seconds since `auth_time`; clocks may differ by 30 s. A proof without a time is none. */
  readonly maxAgeSeconds?: number | undefined;
  /** One of these authentication contexts, as the provider names them in `acr`. */
  readonly acrValues?: readonly string[] | undefined;
}

/** What a token or session says of the proof (OIDC Core §2). */
export interface Proof {
  readonly auth_time?: number | undefined;
  readonly acr?: string | undefined;
}

/** As for tokens. The callback forgives as much: a stricter guard would send people in a circle. */
const TOLERANCE_SECONDS = 30;

/** Whether the proof is recent and strong enough. @param now integer seconds */
export function isProven(
  { auth_time: authTime, acr }: Proof,
  { maxAgeSeconds, acrValues }: StepUp,
  now: number,
): boolean {
  const isRecent =
    maxAgeSeconds === undefined || (authTime !== undefined && isRecentTime(authTime, maxAgeSeconds, now));
  return isRecent && (acrValues === undefined || (acr !== undefined && acrValues.includes(acr)));
}

/** A time that lies ahead would count as recent for as long as it does (RFC 9470 §5). */
function isRecentTime(authTime: number, maxAgeSeconds: number, now: number): boolean {
  return authTime <= now + TOLERANCE_SECONDS && now <= authTime + maxAgeSeconds + TOLERANCE_SECONDS;
}

/** The demand as parameters of an authorization request or a challenge (RFC 9470 §3). */
export function stepUpParameters({ maxAgeSeconds, acrValues }: StepUp): Record<string, string> {
  return {
    ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
    ...(acrValues === undefined ? {} : { acr_values: acrValues.join(' ') }),
  };
}

/** A demand from the parameters of an address; what can't be one is left out, for guards decide by their own. */
export function readStepUp(parameters: URLSearchParams): StepUp {
  const maxAge = parameters.get('max_age') ?? '';
  const acrValues = parameters.get('acr_values') ?? '';
  return {
    ...(/^\d{1,8}$/.test(maxAge) ? { maxAgeSeconds: Number(maxAge) } : {}),
    ...(/^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/.test(acrValues) && acrValues.length <= MAX_ACR_LENGTH
      ? { acrValues: acrValues.split(' ') }
      : {}),
  };
}

/** The longest `acr_values` that a login's address takes, characters. */
const MAX_ACR_LENGTH = 300;

/**
 * A demand that nobody can meet would send people to the provider and back for ever, and one that an address can't carry
 * would be asked of nobody: found where the guard is made, or at the latest where a login's address is.
 *
 * @throws AuthError `config_invalid`
 */
export function requireStepUp({ acrValues, maxAgeSeconds }: StepUp): void {
  const isListed = acrValues === undefined || acrValues.every((value) => /^[\x21-\x7E]+$/.test(value));
  if (!isListed || acrValues?.length === 0)
    throw authError('config_invalid', 'acrValues must list at least one context, each without spaces');
  if ((acrValues ?? []).join(' ').length > MAX_ACR_LENGTH)
    throw authError('config_invalid', `acrValues must be ${MAX_ACR_LENGTH} characters together at the most`);
  if (maxAgeSeconds !== undefined && !/^\d{1,8}$/.test(String(maxAgeSeconds)))
    throw authError('config_invalid', 'maxAgeSeconds must be whole seconds, 0 to 99999999');
}
