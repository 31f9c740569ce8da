import { setTimeout as delay } from 'node:timers/promises';
import type { Child, Ending } from './child.ts';

/** Why waiting ended without an answer. */
export type NotReady =
  | { readonly reason: 'ended'; readonly ending: Ending }
  | { readonly reason: 'failed' | 'late' };

export interface WaitOptions {
  readonly child: Child;
  readonly timeoutSeconds: number;
  /** Further sign that it will not come up. */
  readonly hasFailed?: () => boolean;
}

/** Asks until `probe` says yes, the process ends, or the time is over. @returns undefined when it is ready */
export async function waitUntil(
  probe: () => Promise<boolean>,
  options: WaitOptions,
): Promise<NotReady | undefined> {
  const { child, timeoutSeconds, hasFailed = () => false } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  const state: { ending?: Ending } = {};
  void child.ended.then((ending) => (state.ending = ending));
  while (Date.now() < deadline) {
    if (await probe()) return undefined;
    if (state.ending) return { reason: 'ended', ending: state.ending };
    if (hasFailed()) return { reason: 'failed' };
    await delay(50);
  }
  return { reason: 'late' };
}
