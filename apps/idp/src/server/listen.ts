import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createRequestListener, type RequestListenerOptions } from './request-listener.ts';
import { serverOptions, TIMEOUTS, type Timeouts } from './timeouts.ts';

export interface ListenOptions extends RequestListenerOptions {
  readonly fetch: (request: Request, bindings: object) => Response | Promise<Response>;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly timeouts?: Timeouts;
}

/**
 * Listens on one address. Every request has an id, which its answer and its log lines carry; a slow or idle client
 * loses its connection.
 *
 * @throws Error with one sentence for a person when the port can't be had.
 */
export function listen(options: ListenOptions): Promise<Server> {
  const { host, port, fetch } = options;
  const answer = getRequestListener(fetch, { overrideGlobalObjects: true });
  const server = createServer(
    serverOptions(options.timeouts ?? TIMEOUTS),
    createRequestListener((request, response) => void answer(request, response), options),
  );
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`${host}:${port} can't be listened on: ${cause.message}`, { cause })),
    );
    server.listen(port, host, () => resolve(server));
  });
}

/** The port that a server got. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
