import { MINUTE } from '@sso/auth';

/** From the start of one try to the next; the last one repeats. */
const RETRY_SECONDS = [1, 2, 4, 5] as const;
const LAST_RETRY_SECONDS = 5;

/** For so long a notice is tried again by itself. After that, one for all of its address asks whether it answers. */
const RETRYING_SECONDS = 2 * MINUTE;

/** How often an address that stays silent is asked, however long that lasts. */
export const PROBE_SECONDS = 4;

/** For one call, from the connection to the answer. */
export const CALL_SECONDS = 5;

/** For so long a notice is one node's alone; a node that dies meanwhile leaves it to the others. */
export const LEASE_SECONDS = 2 * CALL_SECONDS;

/**
 * When a notice is tried again, in seconds.
 *
 * @param tried.tries how often it was tried, this time included.
 * @returns undefined where it waits from now on until its address answers.
 */
export function nextTryAt(tried: {
  readonly createdAt: number;
  readonly startedAt: number;
  readonly tries: number;
}): number | undefined {
  const next = tried.startedAt + (RETRY_SECONDS[tried.tries - 1] ?? LAST_RETRY_SECONDS);
  return next - tried.createdAt > RETRYING_SECONDS ? undefined : next;
}
