import { isWithin, SECOND, type Clock } from '../foundation/index.ts';

export interface ShareRunsOptions {
  readonly clock: Clock;
  /** A run that takes longer never ends: a runtime dropped the request that began it (Workers, edge functions). */
  readonly timeoutSeconds: number;
  /** How long a failure answers for the next runs. */
  readonly failureSeconds: () => number;
}

/** One run for parallel callers; a failure of it answers for a moment, a success for those who waited. */
export function shareRuns<T>(run: () => Promise<T>, options: ShareRunsOptions): () => Promise<T> {
  const { clock, timeoutSeconds, failureSeconds } = options;
  let shared: { readonly promise: Promise<T>; readonly since: number; readonly seconds: number } | undefined;
  return () => {
    // A clock that jumped back ends a failure too: it would last as long as the jump (F-06).
    if (shared && isWithin(clock(), shared.since, shared.seconds)) return shared.promise;
    const running = { promise: run(), since: clock(), seconds: timeoutSeconds + SECOND };
    shared = running;
    running.promise.then(
      () => shared === running && (shared = undefined),
      () => shared === running && (shared = { ...running, since: clock(), seconds: failureSeconds() }),
    );
    return running.promise;
  };
}
