import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Asks twice without echo at a terminal, else reads the one line of the standard input. */
export async function askPassword(terminal: Terminal): Promise<string> {
  if (!terminal.input.isTTY) return onlyLine(await text(terminal.input));
  const first = await askHidden(terminal, 'Passphrase: ');
  const second = await askHidden(terminal, 'Once more: ');
  if (first !== second) throw new Error('The two passphrases differ; nothing was changed.');
  return first;
}

/** @throws Error when there is no line, or more than one. */
export function onlyLine(content: string): string {
  const line = content.replace(/\r?\n$/, '');
  if (line === '') throw new Error('There is no passphrase on the standard input.');
  if (/[\r\n]/.test(line)) throw new Error('The standard input has more than one line; a passphrase is one.');
  return line;
}

async function askHidden({ input, output }: Terminal, question: string): Promise<string> {
  output.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silence, terminal: true });
  const interrupted = new AbortController();
  lines.once('SIGINT', () => interrupted.abort(new Error('Nothing was changed.')));
  try {
    return await lines.question('', { signal: interrupted.signal });
  } finally {
    lines.close();
    output.write('\n');
  }
}
