import { findLaunchers, watchLaunchers } from './launcher.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A request that this command end: Ctrl-C, a signal, or the end of the npx or pnpm that started it. */
export interface ShutdownRequest {
  readonly requested: Promise<undefined>;
  /** Whether it came from the end of the npx or pnpm that started this command; no person asked for it then. */
  readonly isOrphaned: () => boolean;
  readonly signal: AbortSignal;
  /** Sets what happens at the second request: a person who presses Ctrl-C twice wants it to end at once. */
  readonly onRepeat: (insist: () => void) => void;
  /** Signals have their usual effect again. */
  readonly stop: () => void;
}

export function listenForShutdown(): ShutdownRequest {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const controller = new AbortController();
  const state = { insist: () => {}, orphaned: false };
  const request = (): void => {
    if (controller.signal.aborted) return state.insist();
    controller.abort();
    resolve(undefined);
  };
  for (const signal of SIGNALS) process.on(signal, request);
  const unwatch = watchLaunchers(findLaunchers(), () => {
    state.orphaned = true;
    request();
  });
  return {
    requested: promise,
    isOrphaned: () => state.orphaned,
    signal: controller.signal,
    onRepeat: (insist) => void (state.insist = insist),
    stop() {
      unwatch();
      for (const signal of SIGNALS) process.off(signal, request);
    },
  };
}
