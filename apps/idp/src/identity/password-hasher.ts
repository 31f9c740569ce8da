import { hash, verify } from '@node-rs/argon2';
import { normalizePassword } from './normalize-password.ts';

/** OWASP's argon2id figures: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A longer password is refused before hashing: hashing megabytes would be a way to overload the provider. */
export const MAX_PASSWORD_BYTES = 1024;

/** Takes passwords as they were typed, and normalizes them as `normalize-password.ts` does. */
export interface PasswordHasher {
  /** @throws BusyError */
  hash(password: string): Promise<string>;
  /** False also for a password that is too long. @throws BusyError */
  verify(passwordHash: string, password: string): Promise<boolean>;
  /** Always false, at the cost of a real check: an unknown username takes as long as a known one. */
  verifyNobody(password: string): Promise<false>;
  /** Whether a stored hash was made with weaker figures than today's. */
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
  const nobody = hash('nobody has this passphrase', ARGON2);
  return {
    hash: (typed) => enqueue(() => hash(normalizePassword(typed), ARGON2)),
    async verify(passwordHash, typed) {
      const password = normalizePassword(typed);
      return fits(password) && enqueue(() => verify(passwordHash, password).catch(() => false));
    },
    async verifyNobody(typed) {
      const dummy = await nobody;
      const password = normalizePassword(typed);
      if (fits(password)) await enqueue(() => verify(dummy, password));
      return false;
    },
    isOutdated: (passwordHash) =>
      !passwordHash.startsWith(`$argon2id$v=19$m=${ARGON2.memoryCost},t=${ARGON2.timeCost},`),
  };
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
