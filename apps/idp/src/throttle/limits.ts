import { DAY, MINUTE } from '@sso/auth';

/** How often a passphrase may be guessed. Only failed tries count; refused ones are never even looked at. */
export interface ThrottleLimits {
  /** The span in which tries add up, in seconds. A sliding one: the limits hold in any such span. */
  readonly windowSeconds: number;
  /** One account from one address: what a person who mistypes meets. */
  readonly perAccountAndAddress: number;
  /** All accounts from one address: stops spraying, yet leaves room for an office behind one router. */
  readonly perAddress: number;
  /** One account from all addresses: stops a botnet, and keeps out browsers that never signed in to it. */
  readonly perAccount: number;
  /** One account from a browser that signed in to it before. It counts apart, whatever happens elsewhere. */
  readonly perDevice: number;
}

export const DEFAULT_LIMITS: ThrottleLimits = {
  windowSeconds: 15 * MINUTE,
  perAccountAndAddress: 10,
  perAddress: 100,
  perAccount: 50,
  perDevice: 10,
};

/** A budget remembers each of its tries, so it has a size that a row can hold. */
export const MAX_ATTEMPTS = 1000;

/**
 * The same limits once they make sense.
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
