import { hash, verify } from '@node-rs/argon2';
import { passwordCostOf } from '../store/index.ts';
import { normalizePassword } from './normalize-password.ts';

/** OWASP's argon2id figures: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** What checking our own hashes costs, as they begin. */
export const OUR_COST = `$argon2id$v=19$m=${ARGON2.memoryCost},t=${ARGON2.timeCost},p=${ARGON2.parallelism}`;
/** A longer password is refused before hashing: hashing megabytes would be a way to overload the provider. */
export const MAX_PASSWORD_BYTES = 1024;

/** Takes passwords as they were typed, and normalizes them as `normalize-password.ts` does. */
export interface PasswordHasher {
  /** @throws BusyError */
  hash(password: string): Promise<string>;
  /**
   * Whether one of the hashes is of this password. Each of them is checked, whatever comes of the others. False also for a
   * password that is too long.
   *
   * @throws BusyError
   */
  verifyAny(hashes: readonly string[], password: string): Promise<boolean>;
  /** Whether a stored hash was made with other figures than today's. */
  isOutdated(passwordHash: string): boolean;
}

/** More sign-ins are under way than the machine can hash in reasonable time. Transient. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/**
 * Hashes off the main thread, a few at a time. Each takes 19 MiB and some 10 ms of a core; without a bound a
 * flood of sign-ins would take all memory and every thread the event loop needs for files and names.
 */
export function createPasswordHasher(
  options: { concurrency?: number; maxWaiting?: number } = {},
): PasswordHasher {
  const enqueue = createQueue(options.concurrency ?? 2, options.maxWaiting ?? 64);
  return {
    hash: (typed) => enqueue(() => hash(normalizePassword(typed), ARGON2)),
    async verifyAny(hashes, typed) {
      const password = normalizePassword(typed);
      return fits(password) && enqueue(() => verifyEach(hashes, password));
    },
    isOutdated: (passwordHash) => passwordCostOf(passwordHash) !== OUR_COST,
  };
}

/** One after the other, so that a sign-in takes one place among those that are hashed. */
async function verifyEach(hashes: readonly string[], password: string): Promise<boolean> {
  const results: boolean[] = [];
  for (const one of hashes) results.push(await verify(one, password).catch(() => false));
  return results.includes(true);
}

function fits(password: string): boolean {
  return Buffer.byteLength(password) <= MAX_PASSWORD_BYTES;
}

/** Runs at most `concurrency` jobs at once, lets `maxWaiting` more wait and refuses the rest. */
function createQueue(concurrency: number, maxWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(job: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) throw new BusyError('too many sign-ins at once');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await job();
    } finally {
      // A job that ends hands its place to the next one, so `running` doesn't change then.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
