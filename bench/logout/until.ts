import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when it holds. @throws Error when it does not within so many seconds */
export async function until(holds: () => boolean, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it did not come within ${seconds} s`);
    await delay(20);
  }
}
