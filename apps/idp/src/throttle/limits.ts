import { DAY, MINUTE } from '@sso/auth';

/** How often a password may be guessed. Only failed attempts count; throttled ones are not verified at all. */
export interface ThrottleLimits {
  /** The sliding window in which failed attempts add up, in seconds: the limits hold in any such span. */
  readonly windowSeconds: number;
  /** One account from one address: the limit that a person who mistypes reaches. */
  readonly perAccountAndAddress: number;
  /** All accounts from one address: stops password spraying, and is wide enough for an office behind one router. */
  readonly perAddress: number;
  /** One account from all addresses: stops a botnet. It also refuses browsers that never signed in to the account. */
  readonly perAccount: number;
  /** One account from a browser that signed in to it before. Attempts from elsewhere don't count here. */
  readonly perDevice: number;
}

export const DEFAULT_LIMITS: ThrottleLimits = {
  windowSeconds: 15 * MINUTE,
  perAccountAndAddress: 10,
  perAddress: 100,
  perAccount: 50,
  perDevice: 10,
};

/** A budget is a row that lists its attempts, so a limit has a size that a row can hold. */
export const MAX_ATTEMPTS = 1000;

/**
 * Returns the limits if each is a whole number within its range.
 *
 * @throws RangeError
 */
export function requireLimits(limits: ThrottleLimits): ThrottleLimits {
  const { windowSeconds, ...tries } = limits;
  requireInteger('windowSeconds', windowSeconds, DAY);
  for (const [name, count] of Object.entries(tries)) requireInteger(name, count, MAX_ATTEMPTS);
  return limits;
}

function requireInteger(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name} is a whole number from 1 to ${most}, not ${value}`);
}
