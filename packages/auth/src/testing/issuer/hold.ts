import { untilAborted } from './faults.ts';

/** Answers of an endpoint that are held back, so that a test decides what happens meanwhile. */
export interface Hold {
  /** Settles once an answer is held back: the issuer has processed the request, and the caller has no answer yet. */
  readonly arrived: Promise<void>;
  /** Releases these and all later answers. Settles once the held ones were sent. */
  release(): Promise<void>;
}

/** The issuer's side of a hold: every answer passes through it. */
export interface Gate extends Hold {
  pass(answer: Promise<Response>, signal: AbortSignal): Promise<Response>;
}

export function createGate(): Gate {
  const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const waiting: Promise<unknown>[] = [];
  return {
    arrived: arrived.promise,
    async release() {
      released.resolve();
      await Promise.allSettled(waiting);
    },
    pass(answer, signal) {
      const passed = passLate(answer, () => {
        arrived.resolve();
        return Promise.race([released.promise, untilAborted(signal)]);
      });
      waiting.push(passed);
      return passed;
    },
  };
}

/** Holds back a failure like an answer. */
async function passLate(answer: Promise<Response>, wait: () => Promise<void>): Promise<Response> {
  try {
    return await answer;
  } finally {
    await wait();
  }
}
