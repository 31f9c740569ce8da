import { sha256 } from '../foundation/secrets.ts';
import type { Store, AttemptBudget } from '../store/index.ts';
import type { ThrottleLimits } from './limits.ts';
import { networkOf } from './network.ts';

/** Whose passphrase is being tried, and from where. */
export interface Attempt {
  /** The normalised username, whether or not anybody has it. */
  readonly account: string;
  /** The client's address as `http/client-address.ts` found it. */
  readonly address: string | undefined;
  /** The browser's device cookie. */
  readonly device: string | undefined;
}

export type BudgetName = 'device' | 'account-and-address' | 'address' | 'account';

export interface Budget extends AttemptBudget {
  readonly name: BudgetName;
}

/** A hash of any account name: unknown ones are counted as known ones are, and neither is stored. */
export function accountHashOf(account: string): string {
  return sha256(`account ${account}`);
}

/**
 * The budgets a try falls under, in the order in which they give places: the narrowest first, so that a flood
 * which the narrow ones refuse never touches the budget that others share.
 *
 * A browser that signed in to the account before has its own budget and no other: strangers who spend the
 * account's, or a neighbour who spends the address's, can't lock the owner out.
 */
export async function findBudgets(
  attempt: Attempt,
  { store, limits, now }: { store: Store; limits: ThrottleLimits; now: number },
): Promise<Budget[]> {
  const accountHash = accountHashOf(attempt.account);
  const budget = (name: BudgetName, limit: number, ...parts: string[]): Budget => ({
    name,
    key: sha256([name, ...parts].join(' ')),
    limit,
    windowSeconds: limits.windowSeconds,
  });
  const deviceHash = attempt.device === undefined ? undefined : sha256(attempt.device);
  if (deviceHash !== undefined && (await store.isKnownDevice({ deviceHash, accountHash }, now))) {
    return [budget('device', limits.perDevice, deviceHash, accountHash)];
  }
  const network = networkOf(attempt.address);
  return [
    budget('account-and-address', limits.perAccountAndAddress, accountHash, network),
    budget('address', limits.perAddress, network),
    budget('account', limits.perAccount, accountHash),
  ];
}
