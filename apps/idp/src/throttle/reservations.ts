import { setTimeout } from 'node:timers/promises';
import type { Store, AttemptEntry } from '../store/index.ts';
import type { Budget, BudgetName } from './budgets.ts';

/** No place: what ran out, and when to come again. */
export interface LimitReached {
  readonly budget: BudgetName;
  readonly retryAfterSeconds: number;
}

interface Context {
  readonly store: Store;
  readonly clock: () => number;
}

export interface AttemptReservations {
  /** Takes a place in each budget, or in none. */
  reserve(budgets: readonly Budget[], entry: AttemptEntry): Promise<LimitReached | undefined>;
}

const MAX_WAITING = 64;
const PAUSE_MILLISECONDS = 50;
const MAX_PAUSES = 100;

/**
 * A place is reserved before the passphrase is looked at and given back if it was right. So tries at the same moment
 * can hold all places although none has failed; then the next one waits for their outcome, a bounded number of
 * them for a bounded time. Only tries that did fail are a reason to refuse for long.
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

/** Undefined while a place may yet be given back. */
async function findLimitReached(
  { store, clock }: Context,
  budget: Budget,
): Promise<LimitReached | undefined> {
  const now = clock();
  const { open, freeAt } = await store.findBudgetUse(budget, now);
  return open > 0 || freeAt <= now ? undefined : { budget: budget.name, retryAfterSeconds: freeAt - now };
}
