import { CLOCK_TOLERANCE_SECONDS, isAuthError } from '../../foundation/index.ts';
import { secondsForCalls } from '../../provider/index.ts';
import { consumeOnce, type Transaction } from '../../session/index.ts';
import type { Site } from '../site.ts';

/**
 * How a login ended, for a request that brings the same login cookie again: `code-refused` where the provider did not
 * accept the code, as after a second press of its button, which replaces the code of the first.
 */
export type LoginOutcome = 'signed-in' | 'code-refused' | 'failed';

const OUTCOMES: readonly LoginOutcome[] = ['signed-in', 'code-refused', 'failed'];

/** Discovery, the token endpoint, keys and userinfo: after so long the first request has ended, or nobody hears of it. */
const WAIT_MILLISECONDS = secondsForCalls(4) * 1000;
const [FIRST_PAUSE, LONGEST_PAUSE] = [25, 250];

type Login = Pick<Transaction, 'id' | 'startedAt'>;

/** Leaves the outcome where logins are counted, so that every process of the site can learn it. */
export async function publishOutcome(site: Site, login: Login, outcome: LoginOutcome): Promise<void> {
  try {
    await consumeOnce(site, outcome, login.id, login.startedAt + site.lifetimes.transactionSeconds);
  } catch (error) {
    // The store has told the observer. The login has ended as it has: only a second request can't know.
    if (!isAuthError(error)) throw error;
  }
}

/**
 * Waits for the request that came with this login first. `undefined` where its end isn't known after a while.
 *
 * @throws AuthError `store_unavailable`
 */
export async function waitForOutcome(site: Site, login: Login): Promise<LoginOutcome | undefined> {
  const deadline = performance.now() + WAIT_MILLISECONDS;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const outcome = await findOutcome(site, login);
    if (outcome !== undefined || performance.now() >= deadline) return outcome;
    await new Promise((resolve) => void setTimeout(resolve, pause));
  }
}

async function findOutcome(site: Site, { id }: Login): Promise<LoginOutcome | undefined> {
  // Consuming until a time that is past for every process asks and leaves nothing behind.
  const past = site.clock() - CLOCK_TOLERANCE_SECONDS;
  for (const outcome of OUTCOMES) if (!(await consumeOnce(site, outcome, id, past))) return outcome;
  return undefined;
}
