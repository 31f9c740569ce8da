import { isWithin, SECOND, type Clock } from './clock.ts';
import { sweep } from './sweep.ts';

/** A result in the making, or settled and good for so many seconds since then. */
interface Shared<T> {
  readonly promise: Promise<T>;
  isRunning: boolean;
  since: number;
  seconds: number;
}

/** Results by key. Plain data, so that module instances of different bundles can use the same one. */
export type SharedResults<T> = Map<string, Shared<T>>;

/** A piece of work whose result may serve several askers. */
export interface SharedWork<T> {
  readonly clock: Clock;
  run(): Promise<T>;
  /** A run that takes longer never ends: a runtime dropped the request that began it (Workers, edge functions). Integer seconds. */
  readonly timeoutSeconds: number;
  /** How long a result answers further askers, integer seconds. */
  keepSeconds(result: T): number;
  /** The same for a rejection. Default 0: only those who waited get it. */
  keepFailureSeconds?(): number;
}

/** Runs the work once per key: whoever asks while it runs, or until its result expires, gets that result. */
export function share<T>(results: SharedResults<T>, key: string, work: SharedWork<T>): Promise<T> {
  const now = work.clock();
  const known = results.get(key);
  if (known && isGood(known, now)) return known.promise;
  sweep(results, now, ({ since, seconds }) => since + seconds);
  const entry = {
    promise: work.run(),
    isRunning: true,
    since: now,
    seconds: work.timeoutSeconds + SECOND,
  };
  results.set(key, entry);
  const settle = (seconds: number) =>
    void Object.assign(entry, { isRunning: false, since: work.clock(), seconds });
  entry.promise.then(
    (result) => settle(work.keepSeconds(result)),
    () => settle(work.keepFailureSeconds?.() ?? 0),
  );
  return entry.promise;
}

/** A clock that jumped back says nothing about a result's age (F-06); what runs is not begun again for it. */
function isGood<T>({ isRunning, since, seconds }: Shared<T>, now: number): boolean {
  return isRunning ? now - since < seconds : isWithin(now, since, seconds);
}
