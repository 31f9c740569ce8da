import { sha256 } from '../foundation/secrets.ts';
import type { Store, AttemptBudget } from '../store/index.ts';
import type { ThrottleLimits } from './limits.ts';
import { networkOf } from './network.ts';

/** A sign-in attempt: at which account, and from where. */
export interface Attempt {
  /** The normalised username; an account of this name need not exist. */
  readonly account: string;
  /** The client's address as `http/client-address.ts` found it. */
  readonly address: string | undefined;
  /** The browser's device cookie. */
  readonly device: string | undefined;
}

export type BudgetName =
  | 'device'
  | 'account-and-address'
  | 'address'
  | 'account'
  | 'client-and-network'
  | 'client-network'
  | 'known-client-network';

export interface Budget extends AttemptBudget {
  readonly name: BudgetName;
}

/** A hash of an account name. Unknown names are counted as known ones are, and neither is stored readably. */
export function accountHashOf(account: string): string {
  return sha256(`account ${account}`);
}

/**
 * The budgets that an attempt counts against, the narrowest first. Attempts that a narrow budget refuses therefore leave
 * the wider ones, which other people share, as they are.
 *
 * A browser that signed in to the account before has one budget of its own. So strangers who use up the budget of the
 * account or of the address can't lock the owner out.
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
