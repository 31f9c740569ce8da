import { once } from 'node:events';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
  header(name: string): string | undefined;
}

/** One kept connection, one request at a time: a client that costs little beside the server it measures. */
export interface Connection {
  send(request: string): Promise<Answer>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let text = '';
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (error: Error) => waiting?.reject(error);
  socket.setEncoding('latin1');
  socket.on('error', fail).on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (chunk: string) => {
    text += chunk;
    const answer = readAnswer(text);
    if (!answer) return;
    text = '';
    waiting?.resolve(answer);
  });
  return {
    send(request) {
      waiting = Promise.withResolvers<Answer>();
      socket.write(request);
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}

const END_OF_HEAD = '\r\n\r\n';

function readAnswer(text: string): Answer | undefined {
  const end = text.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const body = text.slice(end + END_OF_HEAD.length);
  const header = (name: string) => new RegExp(`\\r\\n${name}: ([^\\r]*)`, 'i').exec(head)?.[1];
  const status = Number(head.slice(9, 12));
  const length = header('content-length');
  if (length !== undefined)
    return body.length < Number(length) ? undefined : { status, body: body.slice(0, Number(length)), header };
  if (header('transfer-encoding') === undefined) return { status, body: '', header };
  return body.endsWith('0\r\n\r\n') ? { status, body: withoutChunks(body), header } : undefined;
}

function withoutChunks(body: string): string {
  let [rest, text] = [body, ''];
  for (;;) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (size === 0) return text;
    text += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 2 + size + 2);
  }
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** A request as it goes over the wire: POST where there is a form. */
export function requestText(path: string, { headers = {}, form }: Sent = {}): string {
  const body = form ? new URLSearchParams(form).toString() : '';
  const type = form
    ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) }
    : {};
  const lines = Object.entries({ Host: '127.0.0.1', ...type, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${form ? 'POST' : 'GET'} ${path} HTTP/1.1\r\n${head}\r\n${body}`;
}
