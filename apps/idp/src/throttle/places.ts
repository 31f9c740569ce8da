import { setTimeout } from 'node:timers/promises';
import type { Store, Try } from '../store/index.ts';
import type { Budget, BudgetName } from './budgets.ts';

/** No place: what ran out, and when to come again. */
export interface Refusal {
  readonly budget: BudgetName;
  readonly retryAfterSeconds: number;
}

interface Context {
  readonly store: Store;
  readonly clock: () => number;
}

export interface Places {
  /** Takes a place in each budget, or in none. */
  take(budgets: readonly Budget[], one: Try): Promise<Refusal | undefined>;
}

const MAX_WAITING = 64;
const PAUSE_MILLISECONDS = 50;
const MAX_PAUSES = 100;

/**
 * A place is taken before the passphrase is looked at and given back if it was right. So tries at the same moment
 * can hold all places although none has failed; then the next one waits for their outcome, a bounded number of
 * them for a bounded time. Only tries that did fail are a reason to refuse for long.
 */
export function createPlaces(context: Context): Places {
  let waiting = 0;
  const takeOne = async (budget: Budget, one: Try): Promise<Refusal | undefined> => {
    if (await context.store.takePlace(budget, one)) return undefined;
    const refusal = await findRefusal(context, budget);
    if (refusal) return refusal;
    if (waiting >= MAX_WAITING) return { budget: budget.name, retryAfterSeconds: 1 };
    waiting += 1;
    return waitForPlace(context, budget, one).finally(() => (waiting -= 1));
  };
  return {
    async take(budgets, one) {
      const taken: Budget[] = [];
      for (const budget of budgets) {
        const refusal = await takeOne(budget, one);
        if (refusal) {
          for (const { key } of taken) await context.store.givePlaceBack(key, one);
          return refusal;
        }
        taken.push(budget);
      }
      return undefined;
    },
  };
}

async function waitForPlace(context: Context, budget: Budget, one: Try): Promise<Refusal | undefined> {
  for (let pauses = 0; pauses < MAX_PAUSES; pauses += 1) {
    await setTimeout(PAUSE_MILLISECONDS);
    if (await context.store.takePlace(budget, one)) return undefined;
    const refusal = await findRefusal(context, budget);
    if (refusal) return refusal;
  }
  return { budget: budget.name, retryAfterSeconds: 1 };
}

/** Undefined while a place may yet be given back. */
async function findRefusal({ store, clock }: Context, budget: Budget): Promise<Refusal | undefined> {
  const now = clock();
  const { open, freeAt } = await store.findSpentBudget(budget, now);
  return open > 0 || freeAt <= now ? undefined : { budget: budget.name, retryAfterSeconds: freeAt - now };
}
