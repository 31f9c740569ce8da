import { isWithin, SECOND, type Clock } from './clock.ts';
import { evictEntries } from './evict-entries.ts';

/** One run: under way, or settled and reusable for so many seconds. */
interface Flight<T> {
  readonly promise: Promise<T>;
  isRunning: boolean;
  since: number;
  seconds: number;
}

/** Runs by key. Plain data, so that module instances of different bundles can use the same map. */
export type SingleFlights<T> = Map<string, Flight<T>>;

/** Work whose result may serve several callers. */
export interface SingleFlightTask<T> {
  readonly clock: Clock;
  run(): Promise<T>;
  /**
   * Integer seconds after which a run counts as lost: a runtime that drops a request (Workers, edge functions) never
   * settles what the request began.
   */
  readonly timeoutSeconds: number;
  /** How long a result serves later callers, integer seconds. */
  keepSeconds(result: T): number;
  /** The same for a rejection. Default 0: only the callers who waited for it get it. */
  keepFailureSeconds?(): number;
}

/** Runs the task once per key: every caller gets the result of the run under way, or a settled one until it expires. */
export function singleFlight<T>(
  flights: SingleFlights<T>,
  key: string,
  task: SingleFlightTask<T>,
): Promise<T> {
  const now = task.clock();
  const known = flights.get(key);
  if (known && isReusable(known, now)) return known.promise;
  evictEntries(flights, now, ({ since, seconds }) => since + seconds);
  const flight = {
    promise: task.run(),
    isRunning: true,
    since: now,
    seconds: task.timeoutSeconds + SECOND,
  };
  flights.set(key, flight);
  const settle = (seconds: number) =>
    void Object.assign(flight, { isRunning: false, since: task.clock(), seconds });
  flight.promise.then(
    (result) => settle(task.keepSeconds(result)),
    () => settle(task.keepFailureSeconds?.() ?? 0),
  );
  return flight.promise;
}

/** After the clock was set back (F-06) a result's age is unknown, so it is not reused; a run under way still is. */
function isReusable<T>({ isRunning, since, seconds }: Flight<T>, now: number): boolean {
  return isRunning ? now - since < seconds : isWithin(now, since, seconds);
}
