import { setTimeout } from 'node:timers/promises';
import { messageOf } from '../foundation/error-message.ts';
import { CLIENTS_RELOAD_SECONDS, KEY_RELOAD_SECONDS } from '../foundation/lifetimes.ts';
import type { Provider } from '../provider.ts';
import { SWEPT_AT_ONCE } from '../store/index.ts';

const SWEEP_SECONDS = 10;

type Chore = (signal: AbortSignal) => Promise<void>;

/**
 * What has to be done now and then; a failure is logged and tried again the next time. Returns what ends it, and waits for
 * what is being done.
 */
export function startChores(provider: Provider): () => Promise<void> {
  const end = new AbortController();
  const run = (seconds: number, chore: Chore) => repeat(provider, seconds, end.signal, chore);
  const chores = [
    run(CLIENTS_RELOAD_SECONDS, () => provider.clients.reload()),
    run(KEY_RELOAD_SECONDS, () => provider.keys.rotateDueKeys()),
    run(SWEEP_SECONDS, (signal) => sweepAll(provider, signal)),
  ];
  return async () => {
    end.abort();
    await Promise.all(chores);
  };
}

/** Between two rounds of one chore there is always its pause, however long a round takes. */
async function repeat(
  { observe }: Provider,
  seconds: number,
  signal: AbortSignal,
  chore: Chore,
): Promise<void> {
  while (await hasPassed(seconds * 1000, signal)) {
    await chore(signal).catch((error: unknown) =>
      observe({ type: 'error.internal', name: 'chore', message: messageOf(error) }),
    );
  }
}

/** What others ask for goes on between two batches. */
const BATCH_PAUSE_MILLISECONDS = 20;

/** Deletes what has expired, a batch at a time. */
export async function sweepAll(
  { store, clock }: Pick<Provider, 'store' | 'clock'>,
  signal?: AbortSignal,
): Promise<void> {
  while ((await store.sweep(clock())) >= SWEPT_AT_ONCE)
    if (!(await hasPassed(BATCH_PAUSE_MILLISECONDS, signal))) return;
}

/** False once the signal says that everything ends. */
async function hasPassed(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(milliseconds, undefined, { signal, ref: false });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
