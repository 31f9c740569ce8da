import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';

/** Sends exactly these bytes to a loopback port. @returns what came back until the connection closed or fell silent */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return exchange(connect(port, '127.0.0.1'), bytes);
}

/** The same to a site by its origin, through Caddy: HTTP/1.1 over TLS. */
export function sendBytesTo(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return exchange(connectTls({ host: '127.0.0.1', port: Number(port), servername: hostname }), bytes);
}

export interface RawRequest {
  /** 'GET /members': method and target. */
  readonly line: string;
  readonly host: string;
  /** Whole lines, as often as they stand here. Characters up to U+00FF go out as that one byte. */
  readonly headers?: readonly string[];
}

/** The bytes of a request without a body that asks for the connection to be closed. */
export function bytesOf({ line, host, headers = [] }: RawRequest): string {
  return [`${line} HTTP/1.1`, `Host: ${host}`, ...headers, 'Connection: close', '', ''].join('\r\n');
}

/** The status of a raw answer; 0 for a connection that was closed without one. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

function exchange(socket: Socket, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, 'latin1');
    let answer = '';
    socket.setTimeout(patienceWith(bytes), () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
}

/** A server that should never be called: it counts its calls. */
export async function openCanary() {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ncanary');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    calls: () => calls,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Milliseconds of silence that end a wait: longer where the server was asked to close the connection, so it will. */
const patienceWith = (bytes: string): number => (bytes.includes('Connection: close') ? 10_000 : 1500);
