import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** An HTTP server of a test's own, on a free port of this machine. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
  /** What was asked for, in order: `GET /jwks`. */
  readonly requests: string[];
}

export async function startLoopback(answer: RequestListener): Promise<LoopbackServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
