import { messageOf } from '../foundation/error-message.ts';
import { CLIENTS_RELOAD_SECONDS, KEY_RELOAD_SECONDS } from '../foundation/lifetimes.ts';
import type { Provider } from '../provider.ts';

const SWEEP_SECONDS = 300;

/** What has to be done now and then; a failure is logged and tried again the next time. Returns what ends it. */
export function startChores(provider: Provider): () => void {
  const timers = [
    every(provider, CLIENTS_RELOAD_SECONDS, () => provider.clients.reload()),
    every(provider, KEY_RELOAD_SECONDS, () => provider.keys.rotateDueKeys()),
    every(provider, SWEEP_SECONDS, () => provider.store.sweep(provider.clock())),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

function every({ observe }: Provider, seconds: number, chore: () => Promise<void>): NodeJS.Timeout {
  const run = () =>
    void chore().catch((error: unknown) =>
      observe({ type: 'error.internal', name: 'chore', message: messageOf(error) }),
    );
  return setInterval(run, seconds * 1000).unref();
}
