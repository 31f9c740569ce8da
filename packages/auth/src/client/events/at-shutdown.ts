/** As much of Node's `process`, which Bun and Deno have too, as this needs. */
interface Runtime {
  readonly pid: number;
  once(signal: string, listener: () => void): unknown;
  off(signal: string, listener: () => void): unknown;
  listenerCount(signal: string): number;
  kill(pid: number, signal: string): unknown;
}

const SIGNALS = ['SIGTERM', 'SIGINT'];

/**
 * Does something when the process is asked to end, where the runtime has signals. A server that waits for its connections
 * would wait for a stream that nobody ends.
 *
 * @returns the way to stop listening
 */
export function atShutdown(
  end: () => void,
  runtime: unknown = Reflect.get(globalThis, 'process'),
): () => void {
  if (!isRuntime(runtime)) return () => {};
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      end();
      // A process with a listener no longer ends by itself. Where this was the only one, the signal does what it would have.
      if (runtime.listenerCount(signal) === 0) runtime.kill(runtime.pid, signal);
    };
    runtime.once(signal, listener);
    return () => void runtime.off(signal, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}

function isRuntime(value: unknown): value is Runtime {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['once', 'off', 'listenerCount', 'kill'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
