import { MINUTE } from '@sso/auth';
import { createBoundedMap } from '../foundation/bounded-map.ts';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Store } from '../store/index.ts';
import type { Budget, BudgetName } from './budgets.ts';
import { type ClientNetwork, createKnownNetworks } from './known-networks.ts';
import { networkOf } from './network.ts';
import { ATTEMPT_ID_BYTES, createReservations, type LimitReached } from './reservations.ts';

/** A client secret that somebody presented. */
export interface SecretAttempt {
  /** As it was said; there need be no such client, and both are counted alike. */
  readonly clientId: string;
  readonly address: string | undefined;
  /** Comparing takes no time, so it was compared already; beyond a limit it counts for nothing. */
  readonly isRight: boolean;
}

/** Which budget is used up, and by which network. */
export interface GuessingLimit extends LimitReached {
  /** An IPv4 address or an IPv6 /64. */
  readonly network: string;
}

export interface ClientThrottle {
  /**
   * Counts a secret that is wrong. Undefined where the outcome of the comparison counts; the limit that is reached where
   * neither a right secret nor a wrong one does.
   */
  attempt(attempt: SecretAttempt): Promise<GuessingLimit | undefined>;
}

/** In seconds. Short: whoever has mistyped a secret in a configuration is back within it. */
const WINDOW_SECONDS = 5 * MINUTE;
/** Failed tries within the window. A secret of 16 random characters stands millions of years of that. */
const LIMITS = {
  /** At one client, from one network. */
  'client-and-network': 20,
  /** At all clients, from one network. */
  'client-network': 100,
  /** At one client, from a network from which its right secret came within a day. Others' tries don't count here. */
  'known-client-network': 100,
} as const satisfies Partial<Record<BudgetName, number>>;

/** How many budgets are remembered as used up, so that a flood of guesses costs the database nothing. */
const USED_UP_HERE = 10_000;

/** Limits guesses at client secrets by client and network (RFC 6749 §2.3.1). Right ones write nothing. */
export function createClientThrottle(context: { store: Store; clock: () => number }): ClientThrottle {
  const { store, clock } = context;
  const known = createKnownNetworks(context);
  const reservations = createReservations(context);
  const usedUp = createBoundedMap<number>(USED_UP_HERE);
  const findUsedUp = (budgets: readonly Budget[]): LimitReached | undefined => {
    const now = clock();
    const full = budgets.find(({ key }) => (usedUp.get(key) ?? 0) > now);
    return full && { budget: full.name, retryAfterSeconds: (usedUp.get(full.key) ?? 0) - now };
  };
  /** Reserves first, so that no more than the limit count, however many come at once. */
  const count = async (budgets: readonly Budget[], isRight: boolean): Promise<LimitReached | undefined> => {
    const entry = { id: randomId(ATTEMPT_ID_BYTES), at: clock() };
    const limitReached = findUsedUp(budgets) ?? (await reservations.reserve(budgets, entry));
    const full = limitReached && budgets.find(({ name }) => name === limitReached.budget);
    if (full) usedUp.set(full.key, clock() + limitReached.retryAfterSeconds);
    if (limitReached) return limitReached;
    for (const { key } of budgets)
      await (isRight ? store.releaseAttempt(key, entry) : store.recordFailedAttempt(key, entry));
    return undefined;
  };
  const decide = async (pair: ClientNetwork, isRight: boolean): Promise<LimitReached | undefined> => {
    const isKnown = await known.includes(pair);
    const budgets = budgetsOf(pair, isKnown);
    // Guesses from the client's own servers are nobody's way in, so its right secret need not wait for them.
    const limitReached = isKnown && isRight ? findUsedUp(budgets) : await count(budgets, isRight);
    if (isRight && !limitReached) await known.remember(pair);
    return limitReached;
  };
  return {
    async attempt({ clientId, address, isRight }) {
      const network = networkOf(address);
      const limitReached = await decide({ clientId, network }, isRight);
      return limitReached && { ...limitReached, network };
    },
  };
}

function budgetsOf({ clientId, network }: ClientNetwork, isKnown: boolean): Budget[] {
  if (isKnown) return [budgetOf('known-client-network', clientId, network)];
  return [budgetOf('client-and-network', clientId, network), budgetOf('client-network', network)];
}

function budgetOf(name: keyof typeof LIMITS, ...parts: string[]): Budget {
  return {
    name,
    key: sha256(JSON.stringify([name, ...parts])),
    limit: LIMITS[name],
    windowSeconds: WINDOW_SECONDS,
  };
}
