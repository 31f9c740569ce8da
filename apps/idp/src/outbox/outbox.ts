import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { CallContext } from './calls.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { createSlots } from './slots.ts';

/** Tells clients what their sites have to know; see decision 0033. */
export interface Outbox {
  /** There is a new notice. Returns at once; does nothing before the start and after the end. */
  wake(): void;
  /** Begins to tell. The returned function resolves when the calls under way have ended and are recorded. */
  start(): () => Promise<void>;
  /** Tells what is due now, once, and resolves when all of these calls have ended. */
  tellDue(): Promise<void>;
}

type OutboxContext = Omit<CallContext, 'reporter' | 'slots'>;

/** How often a node looks for notices of other nodes and of the command line. */
const BEAT_MILLISECONDS = 500;
/** After a call has ended: many that end together are recorded together. */
const GATHER_MILLISECONDS = 30;
/** So many that a node which has thousands to tell still answers people as quickly as ever, or almost. */
const CALLS_A_SECOND = 400;
const REPORT_MILLISECONDS = 60_000;

export function createOutbox(context: OutboxContext): Outbox {
  const reporter = createReporter(context);
  const rounds = createRounds({ ...context, reporter, slots: createSlots() });
  let pump: Pump | undefined;
  return {
    wake: () => pump?.schedule(0),
    tellDue: () => rounds.tellDue(),
    start() {
      const started = createPump(context, rounds, reporter);
      pump = started;
      return async () => {
        pump = undefined;
        await started.stop();
        await rounds.settle();
      };
    },
  };
}

interface Pump {
  /** Runs a round after that many milliseconds, or sooner; later where the last one began very many calls. */
  schedule(milliseconds: number): void;
  /** Resolves when no round runs any more. */
  stop(): Promise<void>;
}

/** Rounds one after the other: at each beat, when there is something new, and when calls have ended. */
function createPump({ observe }: OutboxContext, rounds: Rounds, reporter: Reporter): Pump {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let notBefore = 0;
  const round = async () => {
    const begun = await rounds.run(() => schedule(GATHER_MILLISECONDS));
    notBefore = performance.now() + (1000 * begun) / CALLS_A_SECOND;
  };
  const run = () => {
    timer = undefined;
    isWanted = running !== undefined;
    running ??= round()
      .catch((error: unknown) => report(observe, error))
      .finally(() => {
        running = undefined;
        if (isWanted) schedule(0);
      });
  };
  const schedule = (milliseconds: number) => {
    if (isStopped || (timer && milliseconds > 0)) return;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(milliseconds, notBefore - performance.now())).unref();
  };
  const beat = setInterval(() => schedule(0), BEAT_MILLISECONDS).unref();
  const figures = setInterval(() => void reporter.countNotices(), REPORT_MILLISECONDS).unref();
  return {
    schedule,
    async stop() {
      isStopped = true;
      for (const one of [timer, beat, figures]) clearTimeout(one);
      await running;
    },
  };
}

/** The notices stay in the table, and the next beat tries again. */
function report(observe: ObserveProvider, error: unknown): void {
  observe({ type: 'error.internal', name: 'outbox', message: messageOf(error) });
}
