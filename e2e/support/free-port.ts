import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port of loopback that nothing uses now. Whoever takes it should do so soon. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  return port;
}

/** Where a TCP server listens. @throws TypeError where it does not, or on a pipe */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
}
