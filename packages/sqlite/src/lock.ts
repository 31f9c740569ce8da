import { setTimeout } from 'node:timers/promises';
import { codeOf } from './sqlite-error.ts';

const LONGEST_PAUSE_MILLISECONDS = 50;

/** Whether a statement failed because another process holds the file's lock. Transient. */
export function isLocked(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/**
 * Does work as soon as no other process holds the file's lock. Between two tries the event loop is free: SQLite's own
 * busy wait would hold up everything else that the process does.
 *
 * @param seconds how long it is tried again, counted from this call
 * @throws whatever the work throws; the error of the lock once the time is over, see {@link isLocked}
 */
export function retryWhileLocked<T>(seconds: number, work: () => T | Promise<T>): Promise<T> {
  return retryUntil(performance.now() + seconds * 1000, work);
}

/** The same with the time, in milliseconds of `performance.now()`, at which it is tried for the last time. */
export async function retryUntil<T>(end: number, work: () => T | Promise<T>): Promise<T> {
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS)) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= end) throw error;
    }
    await setTimeout(pause);
  }
}
