import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends a server without cutting anybody off (F-13). */
export interface Drain {
  /** From the first moment of an ending on: `/readyz` says so. */
  readonly isDraining: () => boolean;
  /** Notes a request under way. */
  track(response: ServerResponse): void;
  /** Resolves once all requests are answered, or their time is up; then no connection is left. */
  end(server: Server): Promise<void>;
}

export interface DrainOptions {
  /** How long requests are still taken, in seconds, so that a load balancer can see `/readyz` first. */
  readonly delaySeconds: number;
  /** How long requests under way may take to finish, in seconds; then their connections are cut. */
  readonly seconds: number;
}

export function createDrain({ delaySeconds, seconds }: DrainOptions): Drain {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  const end = async (server: Server) => {
    draining = true;
    if (delaySeconds > 0) await delay(delaySeconds * 1000);
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

/** The client is told that no further request will be answered on this connection. */
function closeAfterResponse(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}
