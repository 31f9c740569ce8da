import type { FailedAttempt } from '../throttle/index.ts';

/** What the sign-in page says instead of letting somebody in, and how the answer says it to a program. */
export interface SignInRefusal {
  readonly problem: string;
  readonly status: 422 | 429;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One sentence for every reason, so that the page doesn't say who has an account (ASVS 6.3.8); past the limits
 * 429 with the seconds to wait (RFC 6585 §4), for unknown names as for known ones.
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
