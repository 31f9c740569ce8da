import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from './free-port.ts';

/** A plain server on loopback, which is as good as https to browsers (Secure Contexts §3.1). */
export interface LocalServer extends AsyncDisposable {
  readonly origin: string;
}

/** Serves a handler at `http://localhost:…`, or at another name of this machine. */
export async function serve(
  handle: (request: Request) => Response | Promise<Response>,
  host = 'localhost',
): Promise<LocalServer> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const answer = await handle(await toRequest(incoming));
      outgoing.writeHead(answer.status, [...answer.headers].flat());
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://${host}:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const lines = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: await text(incoming) };
  return new Request(new URL(url, `http://${headers.host}`), { method, headers: lines, ...body });
}
