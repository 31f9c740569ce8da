import { connect, type Socket } from 'node:net';

/** Says something on a connection and returns all that is answered until it ends. */
export async function talk(
  port: number,
  words: string | Uint8Array,
  during: (socket: Socket) => void = () => undefined,
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  socket.on('error', () => undefined);
  socket.write(words);
  during(socket);
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}
