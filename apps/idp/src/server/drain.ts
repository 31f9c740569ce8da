import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends a server after the requests under way have been answered (F-13). */
export interface Drain {
  /** True from the start of {@link Drain.end}; `/readyz` reports it. */
  readonly isDraining: () => boolean;
  /** Counts a request as under way until its response is closed. */
  track(response: ServerResponse): void;
  /** Resolves when all requests are answered or their time is up. No connection is open then. */
  end(server: Server): Promise<void>;
}

export interface DrainOptions {
  /** How long requests are still taken, in seconds, so that a load balancer can see `/readyz` first. */
  readonly delaySeconds: number;
  /** How long requests under way may take to finish, in seconds; then their connections are cut. */
  readonly seconds: number;
  /** Waits for the delay, given in milliseconds. A timer by default. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export function createDrain({ delaySeconds, seconds, wait = delay }: DrainOptions): Drain {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  const end = async (server: Server) => {
    draining = true;
    if (delaySeconds > 0) await wait(delaySeconds * 1000);
    for (const response of underWay) closeAfterResponse(response);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const cut = setTimeout(() => server.closeAllConnections(), seconds * 1000);
    await closed;
    clearTimeout(cut);
  };
  return {
    isDraining: () => draining,
    end,
    track(response) {
      if (draining) closeAfterResponse(response);
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
    },
  };
}

/** Sends `Connection: close`: the client must open another connection for its next request. */
function closeAfterResponse(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}
