import { send } from './send.ts';
import type { StackInfo } from './shared-stack.ts';

const REQUESTS = 5;

/**
 * A bound in milliseconds for what the sites must do in time, plus what this machine takes just now for twenty answers
 * that need nothing: next to nothing on a quiet machine, more on one that is busy with something else.
 */
export async function boundOf(milliseconds: number, { origins }: StackInfo): Promise<number> {
  const began = performance.now();
  for (let asked = 0; asked < REQUESTS; asked += 1) {
    await send(`${origins.shop}/healthz`);
  }
  return milliseconds + (20 / REQUESTS) * (performance.now() - began);
}
