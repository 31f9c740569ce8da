import { untilAborted } from './faults.ts';

/** Answers of an endpoint that are held back, so that a test says what happens meanwhile. */
export interface Hold {
  /** Settles once an answer is held: by then the issuer has done what was asked, and the caller knows nothing of it. */
  readonly arrived: Promise<void>;
  /** Lets them go, and all later ones; settles once those that waited are on their way. */
  release(): Promise<void>;
}

/** The side of a hold that answers pass. */
export interface Gate extends Hold {
  pass(answer: Promise<Response>, signal: AbortSignal): Promise<Response>;
}

export function createGate(): Gate {
  const [arrival, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const waiting: Promise<unknown>[] = [];
  return {
    arrived: arrival.promise,
    async release() {
      opening.resolve();
      await Promise.allSettled(waiting);
    },
    pass(answer, signal) {
      const passed = passLate(answer, () => {
        arrival.resolve();
        return Promise.race([opening.promise, untilAborted(signal)]);
      });
      waiting.push(passed);
      return passed;
    },
  };
}

/** A failure is held back like an answer. */
async function passLate(answer: Promise<Response>, wait: () => Promise<void>): Promise<Response> {
  try {
    return await answer;
  } finally {
    await wait();
  }
}
