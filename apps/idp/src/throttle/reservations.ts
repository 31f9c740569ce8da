import { setTimeout } from 'node:timers/promises';
import type { Store, AttemptEntry } from '../store/index.ts';
import type { Budget, BudgetName } from './budgets.ts';

/** Which budget is used up, and when to try again. */
export interface LimitReached {
  readonly budget: BudgetName;
  readonly retryAfterSeconds: number;
}

interface Context {
  readonly store: Store;
  readonly clock: () => number;
}

export interface AttemptReservations {
  /** Reserves the attempt in all of the budgets, or in none. */
  reserve(budgets: readonly Budget[], entry: AttemptEntry): Promise<LimitReached | undefined>;
}

/** Of the random id of an attempt. */
export const ATTEMPT_ID_BYTES = 6;

const MAX_WAITING = 64;
const PAUSE_MILLISECONDS = 50;
const MAX_PAUSES = 100;

/**
 * An attempt is reserved before the password is verified, and released if the password was right. Attempts at the same
 * moment can therefore use up a budget although none of them has failed. The next one then waits for their outcome: at
 * most 64 wait, for 5 seconds each. Only attempts that did fail refuse it for the rest of the window.
 */
export function createReservations(context: Context): AttemptReservations {
  let waiting = 0;
  const reserveIn = async (budget: Budget, entry: AttemptEntry): Promise<LimitReached | undefined> => {
    if (await context.store.reserveAttempt(budget, entry)) return undefined;
    const limitReached = await findLimitReached(context, budget);
    if (limitReached) return limitReached;
    if (waiting >= MAX_WAITING) return { budget: budget.name, retryAfterSeconds: 1 };
    waiting += 1;
    return waitForReservation(context, budget, entry).finally(() => (waiting -= 1));
  };
  return {
    async reserve(budgets, entry) {
      const reserved: Budget[] = [];
      for (const budget of budgets) {
        const limitReached = await reserveIn(budget, entry);
        if (limitReached) {
          for (const { key } of reserved) await context.store.releaseAttempt(key, entry);
          return limitReached;
        }
        reserved.push(budget);
      }
      return undefined;
    },
  };
}

async function waitForReservation(
  context: Context,
  budget: Budget,
  entry: AttemptEntry,
): Promise<LimitReached | undefined> {
  for (let pauses = 0; pauses < MAX_PAUSES; pauses += 1) {
    await setTimeout(PAUSE_MILLISECONDS);
    if (await context.store.reserveAttempt(budget, entry)) return undefined;
    const limitReached = await findLimitReached(context, budget);
    if (limitReached) return limitReached;
  }
  return { budget: budget.name, retryAfterSeconds: 1 };
}

/** Undefined while a reserved attempt may still be released. */
async function findLimitReached(
  { store, clock }: Context,
  budget: Budget,
): Promise<LimitReached | undefined> {
  const now = clock();
  const { open, freeAt } = await store.findBudgetUse(budget, now);
  return open > 0 || freeAt <= now ? undefined : { budget: budget.name, retryAfterSeconds: freeAt - now };
}
