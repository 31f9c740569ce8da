import { DAY } from '@sso/auth';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Store, AttemptEntry } from '../store/index.ts';
import { accountHashOf, type Attempt, type Budget, findBudgets } from './budgets.ts';
import { requireLimits, type ThrottleLimits } from './limits.ts';
import { ATTEMPT_ID_BYTES, createReservations, type LimitReached } from './reservations.ts';

/** How long a browser is remembered after its last sign-in. */
const DEVICE_SECONDS = 180 * DAY;
/** Enough for a family's computer and for a person's computers. Beyond that the longest unused is forgotten. */
const DEVICE_BOUNDS = { accountsPerDevice: 10, devicesPerAccount: 20 };

type Outcome<T> = { readonly kind: 'accepted'; readonly value: T } | FailedAttempt;

/** `rejected`: the password was wrong. `throttled`: a limit was reached, and the password was not verified. */
export type FailedAttempt = { readonly kind: 'rejected' } | ({ readonly kind: 'throttled' } & LimitReached);

interface DeviceCookie {
  readonly value: string;
  readonly maxAgeSeconds: number;
}

export interface Throttle {
  /**
   * Runs `verify` if the limits allow another attempt, and counts the attempt as failed if it returns undefined. One
   * whose `verify` throws is not counted: nothing was learnt from it. Counts are kept in the store, so they survive a
   * restart and hold for all nodes together.
   *
   * @example
   * ```ts
   * const outcome = await throttle.attempt({ account, address, device }, () => people.authenticate(name, passphrase));
   * if (outcome.kind === 'throttled') throw tooManyTries(outcome.retryAfterSeconds);
   * ```
   */
  attempt<T>(attempt: Attempt, verify: () => Promise<T | undefined>): Promise<Outcome<T>>;
  /**
   * After a sign-in: the browser's new device cookie. Always a new secret, so that one that was planted before
   * the sign-in (and then used for guessing elsewhere) is of no use after it.
   */
  rememberDevice(attempt: Pick<Attempt, 'account' | 'device'>): Promise<DeviceCookie>;
}

/** Guessing limits by account, address and browser (OWASP ASVS 6.3.1). @throws RangeError for limits that make no sense. */
export function createThrottle(context: {
  store: Store;
  clock: () => number;
  limits: ThrottleLimits;
}): Throttle {
  const { store, clock } = context;
  const limits = requireLimits(context.limits);
  const reservations = createReservations(context);
  return {
    async attempt(attempt, verify) {
      const entry = { id: randomId(ATTEMPT_ID_BYTES), at: clock() };
      const budgets = await findBudgets(attempt, { store, limits, now: entry.at });
      const limitReached = await reservations.reserve(budgets, entry);
      return limitReached
        ? { kind: 'throttled', ...limitReached }
        : verifyReserved(store, { budgets, entry, verify });
    },
    async rememberDevice({ account, device }) {
      const now = clock();
      const value = randomId(32);
      const formerHash = device === undefined ? undefined : sha256(device);
      const known = { deviceHash: sha256(value), accountHash: accountHashOf(account), formerHash };
      await store.rememberDevice({ ...known, now, expiresAt: now + DEVICE_SECONDS }, DEVICE_BOUNDS);
      return { value, maxAgeSeconds: DEVICE_SECONDS };
    },
  };
}

interface ReservedAttempt<T> {
  readonly budgets: readonly Budget[];
  readonly entry: AttemptEntry;
  readonly verify: () => Promise<T | undefined>;
}

async function verifyReserved<T>(
  store: Store,
  { budgets, entry, verify }: ReservedAttempt<T>,
): Promise<Outcome<T>> {
  const giveBack = async () => {
    for (const { key } of budgets) await store.releaseAttempt(key, entry);
  };
  const value = await verify().catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  if (value !== undefined) {
    await giveBack();
    return { kind: 'accepted', value };
  }
  for (const { key } of budgets) await store.recordFailedAttempt(key, entry);
  return { kind: 'rejected' };
}
