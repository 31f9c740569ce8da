import type { FailedAttempt } from '../throttle/index.ts';

/** A refused sign-in: the sentence on the page, and the status and headers of the response. */
export interface SignInRefusal {
  readonly problem: string;
  readonly status: 422 | 429;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The same sentence for an unknown username as for a wrong password, so that the page doesn't tell who has an account
 * (ASVS 6.3.8). Beyond the limits it is 429 with the seconds to wait (RFC 6585 §4), for unknown usernames too.
 */
export function signInRefusal(outcome: FailedAttempt): SignInRefusal {
  if (outcome.kind === 'rejected') return { problem: WRONG, status: 422, headers: {} };
  const { budget, retryAfterSeconds } = outcome;
  const wait = `Too many tries have failed. Wait ${spanOf(retryAfterSeconds)}, then try again.`;
  return {
    problem: budget === 'device' ? wait : `${wait} ${KNOWN_BROWSER}`,
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  };
}

const WRONG = 'That username and passphrase don’t belong together. Check both and try again.';
const KNOWN_BROWSER = 'A browser in which you have signed in here before may let you in sooner.';

function spanOf(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
